"""The content security policy: what a page may load and run, so that injected text cannot.

The theme has a few inline scripts of its own. Their hashes are taken from pages that the theme
renders with nothing of ours in them, at every build; so no text of a contributor can ever be among
what is allowed. All pages of a site carry the same policy, since instant navigation adds up the
policies of the pages it visits.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_HEAD = re.compile(r"<head[^>]*>(?:\s*<meta charset=[^>]*>)?", re.IGNORECASE)


def script_hashes(html: str) -> set[str]:
    """The hashes of a page's inline scripts, as a policy lists them (CSP 3, section 2.3.1)."""
    return {
        _hash(found["code"])
        for found in _INLINE.finditer(html)
        if "src=" not in found["attributes"] and "application/json" not in found["attributes"]
    }


def _hash(code: str) -> str:
    digest = hashlib.sha256(code.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def policy(hashes: Iterable[str]) -> str:
    """The policy that lets the site's own files and these inline scripts run, and nothing else."""
    scripts = " ".join(["'self'", *sorted(hashes)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "media-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def with_policy(html: str, content: str) -> str:
    """A page with its policy in front of everything that could load or run."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    return _HEAD.sub(lambda head: head[0] + meta, html, count=1)
