"""The few addresses of GitHub and GitLab that a comment needs, answered as they answer."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

#: So many comments a page, that there be several pages.
_PAGE = 2
_BOT = {"github": {"login": "github-actions[bot]"}, "gitlab": {"id": 5}}
_KEY = {"github": "user", "gitlab": "author"}
_PLACES = {
    "/repos/brightline/outreach/issues/7/comments": ("github", "all"),
    "/repos/brightline/outreach/issues/comments/": ("github", "one"),
    "/api/v4/projects/3/merge_requests/7/notes": ("gitlab", "all"),
    "/api/v4/projects/3/merge_requests/7/notes/": ("gitlab", "one"),
}


class Forge(ThreadingHTTPServer):
    """A pull request with its comments, until the block ends.

    Attributes:
        comments: As the forge's JSON has them.
        asked: Method and path of each request.
        writable: Whether the token may write.
    """

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answers)
        self.comments, self.asked, self.writable = [], [], True

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def say(self, kind, body, **author):
        """Put a comment there; by default as the bot whose token is used."""
        comment = {"id": len(self.comments) + 1, _KEY[kind]: author or _BOT[kind], "body": body}
        self.comments.append(comment)
        return comment

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class _Answers(BaseHTTPRequestHandler):
    def _answer(self):
        self.server.asked.append((self.command, self._path))
        token = self.headers.get("PRIVATE-TOKEN") or self.headers.get("Authorization", "")
        if not token.endswith("the-token"):
            return self._send(401, {"message": "Bad credentials"})
        if self._path == "/api/v4/user":
            return self._send(200, _BOT["gitlab"])
        number = re.search(r"(?<=/)[0-9]+$", self._path)
        place = self._path[: number.start()] if number else self._path
        if place not in _PLACES or (number is None) != (_PLACES[place][1] == "all"):
            return self._send(404, {"message": "Not Found"})
        if self.command == "GET":
            return self._page()
        if not self.server.writable:
            return self._send(403, {"message": "Resource not accessible by integration"})
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
        if self.command == "POST":
            return self._send(201, self.server.say(_PLACES[place][0], body))
        comment = self.server.comments[int(number[0]) - 1]
        comment["body"] = body
        return self._send(200, comment)

    do_GET = do_POST = do_PATCH = do_PUT = _answer  # noqa: N815  as the server calls them

    @property
    def _path(self):
        return urlsplit(self.path).path

    def _page(self):
        asked = parse_qs(urlsplit(self.path).query)
        page = int(asked.get("page", ["1"])[0])
        if "/api/v4/" in self._path:
            return self._send(200, self.server.comments)
        last = page * _PAGE >= len(self.server.comments)
        following = f"http://api.github.localhost{self._path}?per_page=100&page={page + 1}"
        link = {} if last else {"Link": f'<{following}>; rel="next"'}
        return self._send(200, self.server.comments[(page - 1) * _PAGE : page * _PAGE], **link)

    def _send(self, status, answer, **headers):
        data = json.dumps(answer).encode()
        self.send_response(status)
        for key, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Keep the terminal for the tests."""
