"""How people and files join a name to its value: "password: x", "the pin for the safe is now x", `password="x"`."""

from resolutionflow.platform.redaction.rules import OPAQUE, SPACE

ALONE = r"(?<![^\W_])"
SIGN = (
    rf"[\"'`*)\]]{{0,3}}{SPACE}{{0,40}}"
    rf"(?::=|=>|->|→|[:=]|[-–](?={SPACE})|>(?:\s{{0,9}}<value>)?(?=\S)|(?<=[\"'])\s{{1,3}}value=){SPACE}{{0,40}}"
)
IS = (
    rf"{SPACE}{{1,9}}(?:(?:is|was|are|ist|war|lautet|es|est|should{SPACE}be|has{SPACE}been|is{SPACE}called)"
    rf"(?:{SPACE}{{1,9}}(?:now|still|again|just|currently|always|simply|probably|set|reset|changed|to|auf)){{0,3}}:?){SPACE}{{1,9}}"
)
FOR = rf"{SPACE}{{1,9}}(?:for|of|to|on|at|in|from|für|von|auf){SPACE}{{1,9}}[^\n.:=?!;,{OPAQUE}]{{1,50}}?"
