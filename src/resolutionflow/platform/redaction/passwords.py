"""Passwords, known by the words, commands and punctuation around them."""

import re

from resolutionflow.platform.redaction.rules import BARE, LONGEST, OPAQUE, SPACE, Judge, Rule, Secret, rule
from resolutionflow.platform.redaction.values import is_likely, is_striking, is_telling, says_nothing, trimmed
from resolutionflow.platform.redaction.words import ALONE, FOR, IS, SIGN

_WORD = (
    rf"(?:pass(?:word|wort|wd|phrase|code)s?|pwd|kennwort|wachtwoord|contraseña|senha|mot{SPACE}de"
    rf"{SPACE}passe|key{SPACE}?(?:content|material)"
    rf"|{ALONE}(?<!\w/)(?:pass|pw|psw|p/w|pin(?:[ -]?code)?|psk"
    r"|(?:wi-?fi|wlan|wpa\d?|wep|network|netzwerk|(?:pre-?)?shared|hotspot)[ _-]?(?:key|schlüssel)"
    r"|community(?: string)?))(?![a-z0-9])"
    rf"(?:{SPACE}?\([a-z ]{{1,30}}\))?"
)
_QUOTED = rf"(?:(?P<q>\\?[\"'`])(?P<hide>(?:(?!(?P=q))[^\n{OPAQUE}]){{1,200}})(?P=q)|[“„«‘](?P<hide2>[^”“»’\n{OPAQUE}]{{1,200}})[”“»’])"
_PLAINLY = rf"[*_(\[“„\"'`]{{0,3}}(?P<hide>{BARE}{{1,{LONGEST}}}+)"
_ARGUMENT = (
    rf"(?:\"(?P<hide>[^\"\n{OPAQUE}]{{1,200}})\"|'(?P<hide2>[^'\n{OPAQUE}]{{1,200}})'"
    rf"|(?P<hide3>[^\s\"'{OPAQUE}][^\s\"'|{OPAQUE}]{{0,{LONGEST}}}+))"
)


def _spoken(test: Judge) -> Judge:
    """Judges the value without the sentence's own punctuation."""

    def judge(value: str, found: re.Match[str]) -> int:
        bare = trimmed(value)
        return len(bare) if test(bare, found) else 0

    return judge


def _assigned(value: str, found: re.Match[str]) -> int:
    bare = trimmed(value, assigned=True)
    start = found.start("hide")
    after = found.string[start + len(bare) : start + len(bare) + 20]
    return len(bare) if is_likely(bare, after) else 0


def _said(value: str, _: re.Match[str]) -> int:
    """In quotes: spaces are allowed, sentences are not."""
    words = value.split()
    return 0 if says_nothing(value) or (len(words) > 1 and not re.search(r"\d", value) and any(map(says_nothing, words))) else len(value)


def _argument(value: str, _: re.Match[str]) -> int:
    """On a command line: anything but another option, a variable, a port or a prompt for it."""
    return 0 if value[0] in "-$%(/*" or re.fullmatch(r"\d{1,5}(?::\d{1,5})*(?:/\w+)?", value) or says_nothing(value) else len(value)


_telling = _spoken(lambda value, _: int(is_telling(value)))
_striking = _spoken(lambda value, _: int(is_striking(value)))


def _phrase(value: str, _: re.Match[str]) -> int:
    return 0 if sum(says_nothing(word) for word in value.split()) > 1 else len(value)


_TOOLS = (
    r"(?:psexec(?:64)?(?:\.exe)?|sshpass|plink|pscp|docker|podman|twine|7za?|unrar|rar|rdesktop|winexe|mongo\w*|redis-cli|vncviewer|helm)"
)
PASSWORDS: tuple[Rule, ...] = (
    rule(Secret.PASSWORD, rf"://[^\s/:@{OPAQUE}]{{0,100}}:(?P<hide>[^\s/{OPAQUE}]{{1,200}})@(?=[\w\[])"),
    rule(Secret.PASSWORD, rf"ConvertTo-SecureString{SPACE}+(?:-(?:String|AsPlainText|Force){SPACE}+){{0,3}}{_ARGUMENT}", _argument),
    rule(Secret.PASSWORD, rf"-AsPlainText{SPACE}+(?:-Force{SPACE}+)?{_ARGUMENT}", _argument),
    rule(
        Secret.PASSWORD,
        rf"\bnet1?(?:\.exe)?{SPACE}+user{SPACE}+(?:\"[^\"\n]{{1,64}}\"|[^\s\"]{{1,64}}){SPACE}+{_ARGUMENT}",
        lambda value, _: len(value) if is_telling(value) else 0,
    ),
    rule(Secret.PASSWORD, rf"\bnet{SPACE}+use\b[^\n{OPAQUE}]{{0,120}}?{SPACE}/u(?:ser)?:\S{{1,80}}{SPACE}+{_ARGUMENT}", _argument),
    rule(Secret.PASSWORD, rf"\bnet{SPACE}+use{SPACE}+(?:[a-z*]:?{SPACE}+)?\\\\[^\s{OPAQUE}]{{1,200}}{SPACE}+{_ARGUMENT}", _argument),
    rule(Secret.PASSWORD, rf"(?<!\S)--?(?:password|passwd|pwd?|pass|secret){SPACE}+{_ARGUMENT}", _argument),
    rule(Secret.PASSWORD, rf"(?<!\S)/(?:p:|rp{SPACE}+){_ARGUMENT}", _argument),
    rule(Secret.PASSWORD, rf"\b(?:mysql\w{{0,9}}|mariadb\w{{0,9}})\b[^\n|{OPAQUE}]{{0,200}}?{SPACE}(?-i:-p){_ARGUMENT}", _argument),
    rule(Secret.PASSWORD, rf"\b{_TOOLS}{SPACE}[^\n|{OPAQUE}]{{0,200}}?(?<=\s)(?-i:-p(?!w\b|ass)){SPACE}*{_ARGUMENT}", _argument),
    rule(Secret.PASSWORD, rf"\b(?:sqlcmd|osql|isql|bcp){SPACE}[^\n|{OPAQUE}]{{0,200}}?(?<=\s)(?-i:-P){SPACE}*{_ARGUMENT}", _argument),
    rule(Secret.PASSWORD, rf"\bldap\w{{2,9}}{SPACE}[^\n|{OPAQUE}]{{0,200}}?(?<=\s)(?-i:-w){SPACE}*{_ARGUMENT}", _argument),
    rule(Secret.PASSWORD, rf"(?<!\S)(?-i:-U){SPACE}*[\w\\./-]{{1,80}}%(?P<hide>[^\s{OPAQUE}]{{1,200}})"),
    rule(
        Secret.PASSWORD,
        rf"\b(?:curl|wget|http){SPACE}[^\n|{OPAQUE}]{{0,200}}?(?<=\s)(?:(?-i:-u)|--user)"
        rf"{SPACE}*[\"']?[^\s:\"']{{1,80}}:"
        rf"(?P<hide>[^\s\"'{OPAQUE}]{{1,200}})",
    ),
    rule(Secret.PASSWORD, rf"\becho{SPACE}+{_ARGUMENT}{SPACE}*\|{SPACE}*sudo{SPACE}+-S"),
    rule(Secret.PASSWORD, rf"\bWIFI:[^\n{OPAQUE}]{{0,120}}?\bP:(?P<hide>[^;\n{OPAQUE}]{{1,100}})"),
    rule(Secret.PASSWORD, rf"\b(?:password|secret|key){SPACE}+[0-9]{SPACE}+(?P<hide>{BARE}{{4,200}})", _striking),
    rule(Secret.PASSWORD, rf"\bsnmp-server{SPACE}+community{SPACE}+(?P<hide>{BARE}{{1,100}})"),
    rule(Secret.PASSWORD, rf"\bisakmp{SPACE}+key{SPACE}+(?P<hide>{BARE}{{1,100}})"),
    rule(Secret.PASSWORD, rf"{_WORD}{SIGN}{_QUOTED}", _said),
    rule(
        Secret.PASSWORD,
        rf"\bpassphrase{SIGN}(?P<hide>[a-z]{{2,12}}(?:[ -][a-z]{{2,12}}){{3,9}}){SPACE}*$",
        _phrase,
        flags=re.IGNORECASE | re.MULTILINE,
    ),
    rule(Secret.PASSWORD, rf"{_WORD}{SIGN}{_PLAINLY}", _assigned),
    rule(Secret.PASSWORD, rf"{_WORD}(?:{FOR})?{IS}{_QUOTED}", _said),
    rule(Secret.PASSWORD, rf"{_WORD}(?:{FOR})?{IS}{_PLAINLY}", _telling),
    rule(Secret.PASSWORD, rf"{_WORD}{FOR}{SIGN}{_PLAINLY}", _telling),
    rule(Secret.PASSWORD, rf"{_WORD}{SPACE}{{1,9}}{_QUOTED}", _said),
    rule(Secret.PASSWORD, rf"{_WORD}(?:{SPACE}{{1,9}}(?:to|auf|as|like))?{SPACE}{{1,9}}{_PLAINLY}", _striking),
    rule(
        Secret.PASSWORD,
        rf"{_WORD}{SPACE}{{0,9}}:?{SPACE}{{0,9}}\r?\n{SPACE}{{0,9}}(?P<hide>{BARE}{{6,100}}){SPACE}{{0,9}}$",
        _striking,
        flags=re.IGNORECASE | re.MULTILINE,
    ),
    rule(
        Secret.PASSWORD,
        rf"{_WORD}[^\n{OPAQUE}]{{0,40}}?\b"
        rf"(?:type|typed|typing|enter|entered|use|used|using|try|tried){SPACE}{{1,9}}{_PLAINLY}",
        _striking,
    ),
    rule(Secret.PASSWORD, rf"{ALONE}(?:pin(?:[ -]?code)?|passcode){SPACE}{{1,9}}(?P<hide>[0-9]{{4,8}})(?![\w.-])"),
    rule(
        Secret.PASSWORD,
        rf"(?<![^\s\"'“(])(?P<hide>[^\s\"'“({OPAQUE}]{BARE}{{5,63}})[\"'”)]?{SPACE}(?:is|was|as){SPACE}"
        rf"(?:(?:the|my|your|his|her|our|their|a|new|old|temp|temporary|current|admin|wifi){SPACE}){{0,3}}"
        rf"(?:pass(?:word|code|wort)|pwd?)\b",
        _striking,
    ),
    rule(
        Secret.PASSWORD,
        rf"{ALONE}(?:log-?[io]ns?|logon|creds?|credentials?|user(?:name)?|account)(?:"
        rf"{SPACE}?(?:/|&|and|\+){SPACE}?(?:pass(?:word|wd)?|pwd?))?"
        rf"{SPACE}{{0,3}}[:=]?{SPACE}{{1,3}}[\w.@\\-]{{1,64}}+{SPACE}{{0,3}}(?:/|:|\||and){SPACE}{{0,3}}{_PLAINLY}",
        _striking,
    ),
)
