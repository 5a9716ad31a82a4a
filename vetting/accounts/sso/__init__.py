"""The municipality's own sign-in: who one is, as an OpenID provider says it. Never whether there is an account."""
