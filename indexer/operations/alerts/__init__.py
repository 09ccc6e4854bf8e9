"""Alerts: who is told of what is new, by mail, webhook or command.

    table.py       the alerts file           recipients.py  whom an alert is sent to
    state.py       what was told to whom     news.py        what is new since; holders.py, silences.py: of other kinds
    digest.py      what a message says       reasons.py     why an article is in it
    messages.py    text and HTML             mail.py, programs.py  sending
    run.py         one run: look, send, write down; quiet.py tells whether one is needed
"""
