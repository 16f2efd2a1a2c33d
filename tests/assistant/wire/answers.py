"""What the model behind the wire says when it is sensible: a question first, then an action, then what the outcome asks for."""

import json

QUESTION: dict[str, object] = {
    "message": "Outlook shows **Disconnected** for one person only, so the server is most likely fine.\n\nTwo things split the rest.",
    "questions": [
        {
            "content": "Does webmail work for the same mailbox?",
            "options": ["Yes", "No", "Not tried"],
            "detail": "If it does, the mailbox and the password are fine.",
        }
    ],
    "action": None,
    "hint": None,
    "kind": "email_outlook",
    "cites": ["c1"],
}
ACTION: dict[str, object] = {
    "message": "Then it is the profile on this computer, or an add-in. Start Outlook without add-ins.",
    "questions": [],
    "action": {
        "content": "Start Outlook in safe mode.",
        "detail": "Close Outlook, press Windows+R and run the command.",
        "expected": "The status bar says Connected.",
        "command": "outlook.exe /safe",
    },
    "hint": None,
    "kind": "email_outlook",
    "cites": [],
}
SOLVED: dict[str, object] = {**ACTION, "message": "Then it was an add-in. Turn it off for good.", "action": None}
SOLVED["hint"] = {"kind": "resolve", "text": "An add-in kept Outlook from connecting."}
STUCK: dict[str, object] = {**ACTION, "message": "Two usual causes are ruled out; a senior sees the server's side.", "action": None}
STUCK["hint"] = {"kind": "escalate", "text": "Next idea: look at the mailbox on the server"}
ASSESSMENT: dict[str, object] = {
    "likely_cause": "An add-in keeps Outlook from connecting.",
    "claims": [
        {"kind": "hypothesis", "text": "An add-in keeps Outlook from connecting.", "quote": None, "evidence": ["r1"], "against": []},
    ],
    "suggested_steps": [
        {
            "title": "Turn the add-ins off one by one",
            "detail": "File > Options > Add-ins",
            "command": None,
            "evidence": ["r1"],
            "repeats": None,
        }
    ],
    "confidence": "medium",
}


def sensible(asked: str) -> str:
    """The answer to a request, told from the words it contains."""
    if '"likely_cause' in asked or "likely_cause" in asked:
        return json.dumps(ASSESSMENT)
    for sign, answer in (("tried, it worked", SOLVED), ("tried, it did not help", STUCK), ("asked and answered", ACTION)):
        if sign in asked:
            return json.dumps(answer, ensure_ascii=False)
    return json.dumps(QUESTION, ensure_ascii=False)
