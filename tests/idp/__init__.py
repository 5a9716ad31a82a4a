"""A municipality's sign-in for the tests: django-oauth-toolkit as an OpenID provider, in a process of its own.

It shares nothing with the service but HTTP. It can be told to misbehave, as no honest provider can.
"""

SECRET = "what the two share, and nobody else knows"
PASSWORD = "lösenord hos kommunen"
