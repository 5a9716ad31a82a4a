"""Text messages by the municipality's gateway: one POST of JSON for each, {"to", "text", "id"}; any 2xx means taken."""

from __future__ import annotations

import http.client
import json
import ssl
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings


def send(phone: str, text: str, number: str) -> None:
    """Hand one message over; the same `number` twice is the same message to the gateway.

    Raises OSError, also for an answer that is not 2xx.
    """
    gateway: Any = settings.SMS_GATEWAY
    if gateway is None:
        raise OSError("no gateway is set")
    parts = urlsplit(gateway.url)
    body = json.dumps({"to": phone, "text": text, "id": number}, ensure_ascii=False).encode()
    head = {"Content-Type": "application/json", "Authorization": f"Bearer {gateway.token}"}
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            parts.netloc, timeout=gateway.timeout, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=gateway.timeout)
    try:
        connection.request("POST", parts.path or "/", body, head)
        status = connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError("the gateway did not answer") from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise OSError(f"the gateway answered {status}")
