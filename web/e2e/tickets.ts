/** Tickets of the data set OUALYoss/Dataiku-Technical-Assessment-OUALY-Ossama (Apache-2.0), and what an engineer finds who works on them. */
type Outcome = "Worked" | "Failed" | "Inconclusive" | "Skip"

export type Ticket = {
  name: string
  client: string
  device: string
  problem: string
  /** By a part of the question; what is not listed is answered by its last option. */
  answers: Record<string, string>
  /** By a part of the action; what is not listed changes nothing. */
  results: Record<string, [Outcome, string]>
  ends: "resolved" | "escalated"
}

export const TICKETS: readonly Ticket[] = [
  {
    name: "outlook",
    client: "Northwind",
    device: "NW-LT-114",
    problem: "Outlook not downloading new emails. Outlook hasn't downloaded any new emails since yesterday evening. Can see them on webmail but desktop client stuck. Already tried Send/Receive.",
    answers: { "What does Outlook show": "Disconnected", "Which mail": "All of it", "How many people": "Only this person" },
    results: {
      "Compare the newest mail": ["Worked", "Newest in Outlook is from 17:52 yesterday, on the web from 09:14 today"],
      "Look at Outlook's status": ["Failed", "Connected to Microsoft Exchange"],
      "new profile": ["Worked", "The new profile fills up; today's mail is there"],
    },
    ends: "resolved",
  },
  {
    name: "share",
    client: "Harbor & Finch",
    device: "HF-LT-21",
    problem: "Can't access shared network drives. Getting 'Network path not found' error when trying to access \\\\fileserver\\shared. Was working fine yesterday. Other people in my team can access it.",
    answers: { "What has changed": "Nothing known", "another computer": "On another computer it works", "From where": "In the office" },
    results: {
      "reaches the server": ["Worked", "TcpTestSucceeded: False; the name resolves to 10.0.8.4, the server is 10.0.9.4"],
      "into the company's network": ["Failed", "On the office cable, same message"],
      "Forget remembered names": ["Worked", "Name resolves to 10.0.9.4 again and the share opens"],
    },
    ends: "resolved",
  },
  {
    name: "vpn",
    client: "Kestrel Logistics",
    device: "KL-LT-17",
    problem: "VPN connection keeps dropping. VPN disconnects every 10-15 minutes. Have to reconnect constantly which interrupts my work. Using the company VPN client on Windows 11.",
    answers: { "error message say": "Another one, or none", "changed before": "Nothing known", hotspot: "Fails there too", "How many people": "Only this person" },
    results: {
      "exact error": ["Failed", "Log says: session closed by gateway, 14:02:11 and 14:15:40"],
      "without the VPN": ["Failed", "60 Mbit/s down, no loss in ten minutes"],
      "second VPN": ["Failed", "No other VPN or filter; dropped at 14:55"],
      "Quit the VPN client": ["Failed", "Dropped again after 13 minutes"],
      "network cable": ["Failed", "Same on the cable, dropped at 14:41"],
      "Restart the computer": ["Failed", "Dropped again after 12 minutes"],
      "gateway's port": ["Failed", "TcpTestSucceeded: True"],
    },
    ends: "escalated",
  },
  {
    name: "second-factor",
    client: "Bellweather Dental",
    device: "BD-LT-05",
    problem: "Two-factor authentication not working. I'm not receiving the 2FA codes on my phone. Tried both SMS and authenticator app. Phone number is correct in the system.",
    answers: { "Where does it fail": "Everywhere", "Which second factor": "Text message or call", "How many people": "Only this person", "did not start": "No, all are their own" },
    results: {
      "open the app": ["Failed", "App is open, nothing comes"],
      "call instead of the text": ["Failed", "Neither text nor call within five minutes"],
      "Prove who is asking": ["Worked", "Called back on the number in the file, name and birthday agree"],
      "methods are registered": ["Failed", "Text to the number ending 34 and one app, both as the phone in hand"],
      "new number": ["Skip", ""],
      "register anew": ["Failed", "Registered anew with the same number; the test text does not arrive either"],
      "private window": ["Failed", "Nothing arrives there either"],
      "browser keeps": ["Failed", "Cleared, nothing arrives"],
      "Sign Office out": ["Failed", "Signed out; the first sign-in waits for the text again"],
      notifications: ["Failed", "Were allowed, battery saving off, still nothing"],
      "code in the app": ["Failed", "The six digits are refused"],
      "phone's clock": ["Failed", "Clock is right to the second"],
    },
    ends: "escalated",
  },
  {
    name: "slow-floor",
    client: "Marlow Grange",
    device: "MG-LT-31",
    problem: "Internet extremely slow on 5th floor. Internet is crawling today on the entire 5th floor. Pages take forever to load. Speedtest shows 2 Mbps down when we usually get 100+.",
    answers: { "network icon": "Connected with internet", "other way work": "Only one is there, or not tried", "another device": "No, it fails as well" },
    results: {
      "signal, band and speed": ["Failed", "Signal 86 %, 5 GHz, 866 Mbit/s to the access point"],
      "beside the access point": ["Failed", "2 Mbit/s there too"],
      "Restart the access point": ["Failed", "Same after the restart"],
      "Ping the gateway": ["Worked", "Gateway 1 ms, 8.8.8.8 with 40 % loss from the 5th floor; 0 % from the 4th"],
      "fault page": ["Failed", "No fault at the provider, line is at 12 %"],
    },
    ends: "escalated",
  },
]
