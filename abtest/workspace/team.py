"""What `abtest init` asks a team, and what each answer may be."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, fields
from urllib.parse import urlsplit

from abtest.errors import UsageError
from abtest.workspace.origin import installed_requirement

FORGES = ("github", "gitlab", "none")

_LONGEST = 120
_TARGET = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,4})?) ?%")
#: A requirement that says where it comes from; a bare name would get another project's package.
_PACKAGE = re.compile(r"abtest(\[[a-z, ]+\])? @ [a-z+]+://[!-~]{1,500}")
#: Answer → what it looks like, and what to write.
_FORMS = {
    "sender": (r"[^\W\d_][^\d@]*", "a first and a last name: Kim Ito"),
    "company": (r".*[^\W_].*", "its name: Brightline"),
    "phone": (r"[+(]*(?:\d[ ()./-]*){7,15}(?:(?:x|ext\.?) ?\d{1,6})?", "its digits: 555-0142"),
    "website": (r"(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?:/[!-~]*)?", "it as brightline.example"),
}
#: git@github.com:brightline/outreach.git, and the same with ssh:// before it.
_SSH = re.compile(r"(?:ssh://)?[\w.-]+@([\w.-]+)[:/](?:[0-9]+/)?(.+)")
#: Where each forge shows a file to be edited, behind the repository's address.
_EDITORS = {"github": "edit/main/site_src/", "gitlab": "-/edit/main/site_src/"}


@dataclass(frozen=True, slots=True)
class Team:
    """The answers; every one has a default, so that nothing has to be known at the start.

    Attributes:
        name: What the site is called.
        sender: Who speaks in the messages.
        target: The response target, as plan.yml has it.
        industry: Whom the first experiment asks: what their companies do.
        location: Where they are.
        prospect: What they are at work.
        forge: One of `FORGES`.
        repo_url: The repository's address in a browser; empty if there is none yet.
        package: The requirement that installs abtest; empty if nobody knows where it came from.
    """

    name: str = "Outbound"
    sender: str = "Kim Ito"
    company: str = "Brightline"
    phone: str = "555-0142"
    website: str = "brightline.example"
    address: str = "1 Main St, Denver, CO 80202"
    target: str = "10%"
    industry: str = "B2B software"
    location: str = "United States"
    prospect: str = "VP of Sales"
    forge: str = "github"
    repo_url: str = ""
    package: str = field(default_factory=installed_requirement)

    def __post_init__(self) -> None:
        for answer in fields(self):
            if answer.name != "package":
                _check(answer.name, getattr(self, answer.name))
        if self.package and not _PACKAGE.fullmatch(self.package):
            raise UsageError(
                f"The package is {self.package[:80]!r}; say where it comes from, for its name on "
                "the public index is another project's: abtest @ git+https://…"
            )
        number = _TARGET.fullmatch(self.target)
        if number is None or not 0 < float(number[1]) < 100:
            raise UsageError(f"The target is {self.target!r}; write a percentage such as 10%.")
        if self.forge not in FORGES:
            raise UsageError(f"The forge is {self.forge!r}; it can be {', '.join(FORGES)}.")
        if self.repo_url and urlsplit(self.repo_url).scheme not in ("http", "https"):
            raise UsageError(
                f"The repository's address is {self.repo_url!r}; "
                "write it as the browser shows it: https://github.com/brightline/outreach"
            )

    @property
    def first_name(self) -> str:
        """The sender's first name as a rep's name: lower case, letters and digits.

        >>> Team(sender="Ann-Sophie O'Neil").first_name
        'ann-sophie'
        """
        words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", self.sender.lower())
        return words[0] if words else "kim"

    @property
    def edit_uri(self) -> str:
        """Where the forge's editor is, behind the repository's address; empty if not known."""
        return _EDITORS.get(self.forge, "") if self.repo_url else ""

    @property
    def site_url(self) -> str:
        """The address that GitHub Pages gives the site; empty for others, whose is not known.

        >>> Team(repo_url="https://github.com/brightline/outreach").site_url
        'https://brightline.github.io/outreach/'
        """
        parts = urlsplit(self.repo_url)
        owner, _, repository = parts.path.strip("/").partition("/")
        if self.forge != "github" or parts.hostname != "github.com" or not repository:
            return ""
        own = f"{owner}.github.io".lower()
        return f"https://{own}/" if repository.lower() == own else f"https://{own}/{repository}/"

    def to_dict(self) -> dict[str, str]:
        """Answer by question, to be asked again by an update."""
        return asdict(self)


def browsable(remote: str) -> str:
    """The address in a browser of a repository that git names; empty if that is not a web host.

    >>> browsable("git@github.com:brightline/outreach.git")
    'https://github.com/brightline/outreach'
    >>> browsable("/srv/git/outreach.git")
    ''
    """
    remote = remote.strip()
    parts = urlsplit(remote)
    if parts.scheme in ("http", "https"):
        found = f"https://{parts.hostname}{parts.path}"  # without a user's name or token
    else:
        ssh = _SSH.fullmatch(remote)
        found = f"https://{ssh[1]}/{ssh[2]}" if ssh else ""
    return found.rstrip("/").removesuffix(".git")


def forge_of(address: str) -> str:
    """The forge that a repository's address belongs to, as far as its name says.

    >>> forge_of("https://gitlab.brightline.example/sales/outreach")
    'gitlab'
    """
    host = urlsplit(address).hostname or ""
    return "gitlab" if "gitlab" in host else "github"


def _check(name: str, answer: str) -> None:
    if not answer.isprintable() or len(answer) > _LONGEST or "{{" in answer:
        raise UsageError(
            f"{name.replace('_', ' ').capitalize()} is {answer[:40]!r}; "
            f"write at most {_LONGEST} letters on one line, without {{{{."
        )
    if not answer.strip() and name != "repo_url":
        raise UsageError(f"{name.capitalize()} is blank; leave it away to take the default.")
    form, wanted = _FORMS.get(name, ("", ""))
    if form and not re.fullmatch(form, answer.strip()):
        raise UsageError(f"{name.capitalize()} is {answer[:40]!r}; write {wanted}.")
