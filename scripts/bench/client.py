"""A small browser: one connection that stays open, cookies, and forms that are filled as they stand."""

from __future__ import annotations

import http.client
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from scripts.bench.failing import MeasureFailed

LONGEST_IDLE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and after how many milliseconds the last byte was here."""

    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    milliseconds: float

    def expect(self, *statuses: int) -> Answer:
        """This answer, or MeasureFailed if it has another status."""
        if self.status not in statuses:
            raise MeasureFailed(f"{self.path} answered {self.status}:\n{self.body[:1500].decode(errors='replace')}")
        return self


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes and what it would send as it stands."""

    action: str = ""
    method: str = "get"
    fields: list[tuple[str, str]] = field(default_factory=list)


class Client:
    """A browser of one person."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=600)
        self._cookies: dict[str, str] = {}
        self._used_at = time.monotonic()

    def get(self, path: str, **headers: str) -> Answer:
        """Fetch a page; redirects are not followed."""
        return self._send("GET", path, None, headers)

    def open(self, path: str) -> Answer:
        """Fetch a page and follow where it leads."""
        answer = self.get(path)
        while answer.status in {301, 302, 303}:
            answer = self.get(urlsplit(urljoin(self._address + answer.path, answer.headers["location"])).path)
        return answer.expect(200)

    def post(self, path: str, fields: list[tuple[str, str]], **headers: str) -> Answer:
        """Send a form's fields."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._send("POST", path, urlencode(fields).encode(), {**kind, **headers})

    def upload(self, path: str, fields: list[tuple[str, str]], name: str, file_name: str, content: bytes) -> Answer:
        """Send a form's fields with a file."""
        boundary = uuid.uuid4().hex
        body = b"".join(_parts(boundary, fields, name, file_name, content))
        return self._send("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})

    def stream(self, path: str) -> Iterator[bytes]:
        """Fetch a large answer piece by piece."""
        self._connection.request("GET", path, headers=self._headers({}))
        response = self._connection.getresponse()
        if response.status != http.client.OK:
            raise MeasureFailed(f"{path} answered {response.status}")
        while piece := response.read(1 << 18):
            yield piece

    def _send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        if time.monotonic() - self._used_at > LONGEST_IDLE_SECONDS:
            self._connection.close()  # the server closes idle connections; it is opened again by itself
        begun = time.perf_counter()
        self._connection.request(method, path, body=body, headers=self._headers(headers))
        response = self._connection.getresponse()
        content = response.read()
        milliseconds = (time.perf_counter() - begun) * 1000
        self._used_at = time.monotonic()
        for cookie in response.headers.get_all("set-cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        named = {name.lower(): value for name, value in response.headers.items()}
        return Answer(path, response.status, named, content, milliseconds)

    def _headers(self, more: Mapping[str, str]) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Cookie": cookies, "Origin": self._address, "Referer": self._address + "/", **named}


def _parts(boundary: str, fields: list[tuple[str, str]], name: str, file_name: str, content: bytes) -> Iterator[bytes]:
    for field_name, value in fields:
        yield f'--{boundary}\r\nContent-Disposition: form-data; name="{field_name}"\r\n\r\n{value}\r\n'.encode()
    yield f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n\r\n'.encode()
    yield content
    yield f"\r\n--{boundary}--\r\n".encode()


class _Forms(HTMLParser):
    """Collects the forms of a page with the values their fields have."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select: str | None = None
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(facts.get("action", ""), facts.get("method", "get")))
        elif not self.forms:
            return
        elif tag == "input" and facts.get("name"):
            self._input(facts)
        elif tag == "select":
            self._select = facts.get("name")
        elif tag == "option" and self._select and "selected" in facts:
            self.forms[-1].fields.append((self._select, facts.get("value", "")))
        elif tag == "textarea":
            self._text = facts.get("name")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None

    def _input(self, facts: Mapping[str, str]) -> None:
        is_chosen = facts.get("type") not in {"checkbox", "radio"} or "checked" in facts
        if is_chosen and facts.get("type") not in {"submit", "button", "file"}:
            self.forms[-1].fields.append((facts["name"], facts.get("value", "")))


def forms_of(page: bytes) -> list[Form]:
    """The forms of a page, in its order."""
    parser = _Forms()
    parser.feed(page.decode())
    return parser.forms


def form_with(page: bytes, field_name: str) -> Form:
    """The form of a page that has such a field; MeasureFailed if there is none."""
    for form in forms_of(page):
        if form.method.lower() == "post" and any(name == field_name for name, _ in form.fields):
            return form
    raise MeasureFailed(f"no form with a field {field_name!r}")


def form_to(page: bytes, ending: str) -> Form:
    """The form of a page that goes to such an address; MeasureFailed if there is none."""
    for form in forms_of(page):
        if form.action.endswith(ending):
            return form
    raise MeasureFailed(f"no form that goes to …{ending}")


def token_of(page: bytes) -> tuple[str, str]:
    """The field that proves that a form is ours."""
    return next(field for form in forms_of(page) for field in form.fields if field[0] == "csrfmiddlewaretoken")
