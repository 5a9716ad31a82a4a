"""The reporter's pages at /anmal/: no session, no account, no cookie, no script, no line in any log."""
