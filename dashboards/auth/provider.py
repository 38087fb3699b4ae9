"""OpenID Connect: the authorization code flow with PKCE, state and nonce. Signatures are checked by joserfc."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import httpx2
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from dashboards.auth.account import LONGEST_TITLE, SINGLE_SIGN_ON, Account, Role
from dashboards.auth.security import Provider, Security
from metrics.errors import NhipError, Unavailable

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LEEWAY, SECONDS_TO_ANSWER, KEPT_SECONDS = 60, 5.0, 3600.0
BACK = "/login/sso/back"


class NotSignedOn(NhipError):
    """The provider's answer is not one to believe, or gives no role. The reason is for the log."""


class SignOn:
    """Blocking: call it in a thread."""

    def __init__(self, provider: Provider, security: Security) -> None:
        self._provider = provider
        self._security = security
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}

    def begin(self) -> tuple[str, dict[str, str]]:
        """Where to send the browser, and what has to be remembered until it is back."""
        fresh = self._security.fresh
        kept = {"state": fresh(), "nonce": fresh(), "verifier": fresh() + fresh()}
        asked = {
            "response_type": "code",
            "scope": "openid profile",
            "client_id": self._provider.client_id,
            "redirect_uri": self._back,
            "state": kept["state"],
            "nonce": kept["nonce"],
            "code_challenge": challenge(kept["verifier"]),
            "code_challenge_method": "S256",
        }
        endpoint = str(self._metadata()["authorization_endpoint"])
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}", kept

    def finish(self, kept: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        """The account of whoever comes back, as the provider sees it."""
        if not hmac.compare_digest(answer.get("state", "").encode(), kept["state"].encode()):
            raise NotSignedOn("another state than we sent")
        if "code" not in answer:
            raise NotSignedOn("no code: the provider refused")
        try:
            return self._account(self._claims(self._id_token(answer["code"], kept["verifier"]), kept["nonce"]))
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise NotSignedOn(f"{type(error).__name__}: {error}") from error

    @property
    def _back(self) -> str:
        return self._security.public_url.rstrip("/") + BACK

    def _id_token(self, code: str, verifier: str) -> str:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self._back, "code_verifier": verifier}
        us = (self._provider.client_id, self._provider.client_secret)
        metadata = self._metadata()
        basic = "client_secret_basic" in metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if not basic:
            form |= {"client_id": us[0], "client_secret": us[1]}
        # Inside Basic, the standard wants both parts encoded as in a form.
        login = httpx2.BasicAuth(quote(us[0], safe=""), quote(us[1], safe="")) if basic else None
        return str(self._json("POST", metadata["token_endpoint"], data=form, auth=login)["id_token"])

    def _claims(self, token: str, nonce: str) -> dict[str, Any]:
        try:
            decoded = jwt.decode(token, self._keys(), ALGORITHMS)
        except InvalidKeyIdError:  # the provider has changed its keys since we asked
            self._kept.clear()
            decoded = jwt.decode(token, self._keys(), ALGORITHMS)
        claims, us = decoded.claims, self._provider.client_id
        jwt.JWTClaimsRegistry(
            now=int(self._security.clock()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self._provider.issuer},
            aud={"essential": True, "value": us},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else us) != us:
            raise ValueError("issued to another party")
        return claims

    def _account(self, claims: Mapping[str, Any]) -> Account:
        role = role_in(claims, self._provider)
        if role is None:
            raise NotSignedOn(f"no role: no value of {self._provider.role_claim} is mapped to one")
        who = hashlib.sha256(f"{claims['iss']}\0{claims['sub']}".encode()).hexdigest()[:20]
        title = "".join(filter(str.isprintable, str(claims.get("preferred_username", ""))))
        return Account(SINGLE_SIGN_ON + who, title[:LONGEST_TITLE], role)

    def _metadata(self) -> dict[str, Any]:
        found = self._get(self._provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
        if found.get("issuer") != self._provider.issuer:
            raise Unavailable("the identity provider calls itself by another name than NHIP_OIDC_ISSUER")
        return found

    def _keys(self) -> KeySet:
        return KeySet.import_key_set(self._get(self._metadata()["jwks_uri"]))  # type: ignore[arg-type]

    def _get(self, url: str) -> dict[str, Any]:
        """Kept for a while."""
        until, found = self._kept.get(url, (0.0, {}))
        if until < self._security.clock():
            found = self._json("GET", url)
            self._kept[url] = (self._security.clock() + KEPT_SECONDS, found)
        return found

    def _json(self, method: str, url: str, **sent: Any) -> dict[str, Any]:
        try:
            reply = httpx2.request(method, url, timeout=SECONDS_TO_ANSWER, **sent)
            reply.raise_for_status()
            found = reply.json()
        except httpx2.HTTPStatusError as error:
            if error.response.is_client_error and method == "POST":
                raise NotSignedOn(f"the provider refused the code ({error.response.status_code})") from error
            raise Unavailable(f"the identity provider answers {error.response.status_code}") from error
        except (httpx2.HTTPError, ValueError) as error:
            raise Unavailable(f"the identity provider does not answer: {error}") from error
        if not isinstance(found, dict):
            raise Unavailable("the identity provider's answer is not an object")
        return found


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def role_in(claims: Mapping[str, Any], provider: Provider) -> Role | None:
    """The highest role that any value of the claim is mapped to. A point in its name leads into an object."""
    found: Any = claims
    for step in provider.role_claim.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    values = {str(one) for one in (found if isinstance(found, list) else [found]) if one is not None} | {"*"}
    held = [role for value, role in provider.roles if value in values]
    return max(held, key=list(Role).index, default=None)
