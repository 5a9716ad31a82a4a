"""What the provider says of a person, and how it can be made to lie."""

from __future__ import annotations

from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from oauth2_provider.oauth2_validators import OAuth2Validator

from tests.idp import SECRET

# "claims": values put over the true ones (None takes one away); "signature": "none", "shared" or "stranger".
WRONG: dict[str, Any] = {}
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Validator(OAuth2Validator):
    """The toolkit's, with what a municipality's provider tells besides."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        """The user name, and that two factors were used."""
        return {"preferred_username": request.user.username, "acr": "urn:two", "amr": ["pwd", "otp"]}

    def finalize_id_token(self, id_token: dict[str, Any], token: Any, handler: Any, request: Any) -> str:
        """The token as the toolkit signs it, or spoilt in the way that was asked for."""
        true = super().finalize_id_token(id_token, token, handler, request)
        if not WRONG:
            return str(true)
        claims = jwt.decode(true, options={"verify_signature": False}) | WRONG.get("claims", {})
        claims = {name: value for name, value in claims.items() if value is not None}
        kid = jwt.get_unverified_header(true)["kid"]
        match WRONG.get("signature"):
            case "none":
                return jwt.encode(claims, None, algorithm="none", headers={"kid": kid})
            case "shared":
                return jwt.encode(claims, SECRET, algorithm="HS256", headers={"kid": kid})
            case "stranger":
                return jwt.encode(claims, STRANGER, algorithm="RS256", headers={"kid": kid})
        from oauth2_provider.settings import oauth2_settings

        return jwt.encode(
            claims, oauth2_settings.OIDC_RSA_PRIVATE_KEY, algorithm="RS256", headers={"kid": kid}
        )
