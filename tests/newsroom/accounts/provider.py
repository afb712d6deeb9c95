"""A small provider of single sign-on on this machine: OpenID Connect, code flow with discovery, PKCE, signed tokens."""

import json
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Thread
from time import time
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "the-desk", "a secret between the two"


class Provider:
    """What it says of whoever signs in there; tests change it."""

    def __init__(self, address: str):
        self.address = address
        self.claims = {"sub": "ada-1", "email": "ada@press.example", "email_verified": True}
        self.signing_key = self.published_key = rsa.generate_private_key(65537, 2048)
        self.token_claims: dict = {}
        self.codes: dict[str, dict] = {}
        self.seen: list[str] = []

    def configuration(self) -> dict:
        names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {"issuer": self.address, "jwks_uri": f"{self.address}/keys"} | {
            f"{name}_endpoint": f"{self.address}/{path}" for name, path in names.items()
        }

    def keys(self) -> dict:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.published_key.public_key()))
        return {"keys": [key | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def authorize(self, query: dict) -> str:
        """Where the browser is sent back to, once the person has signed in here."""
        assert (query["client_id"], query["response_type"]) == (CLIENT, "code")
        assert query["code_challenge_method"] == "S256"
        code = token_urlsafe()
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict) -> dict:
        asked = self.codes.pop(form["code"])
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        assert challenge == asked["code_challenge"]
        assert (form["client_id"], form["client_secret"]) == (CLIENT, SECRET)
        now = int(time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300} | self.claims
        signed = jwt.encode(claims | self.token_claims, self.signing_key, "RS256", headers={"kid": "1"})
        return {"access_token": "for-userinfo", "token_type": "Bearer", "expires_in": 300, "id_token": signed}


@contextmanager
def running_provider():
    """A provider that answers until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            split = urlsplit(self.path)
            provider.seen.append(split.path)
            if split.path == "/authorize":
                query = {name: values[0] for name, values in parse_qs(split.query).items()}
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.end_headers()
            elif split.path == "/keys":
                self.say(provider.keys())
            elif split.path == "/userinfo":
                assert self.headers["Authorization"] == "Bearer for-userinfo"
                self.say(provider.claims)
            else:
                self.say(provider.configuration())

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.say(provider.token({name: values[0] for name, values in parse_qs(body).items()}))

        def say(self, what):
            data = json.dumps(what).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
