"""`python -m tests.idp FOLDER PORT`: serves until it is told to stop."""

import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def main(folder: Path, port: int) -> None:
    """Make the key, the tables and the one application, and answer."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    os.environ |= {"PROVIDER_FOLDER": str(folder), "DJANGO_SETTINGS_MODULE": "tests.idp.settings"}
    import django
    from django.core.management import call_command
    from django.core.servers import basehttp
    from django.core.wsgi import get_wsgi_application

    django.setup()
    call_command("migrate", verbosity=0)
    from oauth2_provider.models import get_application_model

    from tests.idp import SECRET

    get_application_model().objects.create(
        name="Rätt person på rätt plats",
        client_id="ratt-person",
        client_secret=SECRET,
        hash_client_secret=False,
        client_type="confidential",
        authorization_grant_type="authorization-code",
        algorithm="RS256",
        skip_authorization=True,
        redirect_uris="http://testserver/logga-in/kommunen/svar/",
    )
    basehttp.run("127.0.0.1", port, get_wsgi_application(), threading=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
