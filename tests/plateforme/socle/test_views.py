"""Pages about the site and error pages: structure, policy, honest words."""

from html.parser import HTMLParser

import pytest
from django.test import Client, RequestFactory

from communaccord.plateforme.socle import views
from communaccord.plateforme.socle.exploitant import build_lien, read_exploitant

PAGES = ["/composants/", "/accessibilite/", "/mentions-legales/", "/donnees/"]


class Structure(HTMLParser):
    """What a screen reader needs: language, title, headings, landmarks, identifiers, names of fields."""

    def __init__(self, html):
        super().__init__()
        self.counts, self.ids, self.links, self.labels, self.fields, self.headings = {}, [], [], set(), [], []
        self.described, self.html_lang, self.title, self._in_title = [], None, "", False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.counts[tag] = self.counts.get(tag, 0) + 1
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "html":
            self.html_lang = attributes.get("lang")
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        if tag == "label" and "for" in attributes:
            self.labels.add(attributes["for"])
        if tag in ("input", "textarea", "select") and attributes.get("type") not in ("hidden", "radio", "checkbox"):
            self.fields.append(attributes)
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        for name in ("aria-describedby", "aria-labelledby", "popovertarget"):
            self.described += attributes.get(name, "").split()
        self._in_title = self._in_title or (tag == "title" and not self.title)

    def handle_data(self, data):
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag):
        if tag == "title":
            self._in_title = False


def check_structure(response):
    page = Structure(response.content.decode())
    assert page.html_lang == "fr"
    assert page.title.strip().endswith("– Commun Accord")
    assert len(page.title.strip()) > len("– Commun Accord")
    assert page.counts["h1"] == page.counts["main"] == page.counts["header"] == page.counts["footer"] == 1
    assert page.links[0] == "#contenu"
    assert len(page.ids) == len(set(page.ids))
    assert set(page.described) <= set(page.ids)
    for field in page.fields:
        assert field.get("id") in page.labels or "aria-label" in field
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    anchors = {link[1:] for link in page.links if link.startswith("#") and not link.startswith("#ligne-")}
    assert anchors <= set(page.ids)
    return page


@pytest.mark.parametrize("adresse", PAGES)
def test_page_is_well_built(client, adresse):
    response = client.get(adresse)
    assert response.status_code == 200
    check_structure(response)


@pytest.mark.parametrize("adresse", PAGES)
def test_policy_allows_nothing_inline(client, adresse):
    response = client.get(adresse)
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert " style=" not in response.content.decode()


@pytest.mark.parametrize("adresse", PAGES)
def test_page_writes_nothing_and_sets_no_cookie(client, adresse):
    assert not client.get(adresse).cookies


def test_components_are_kept_out_of_search_engines(client):
    response = client.get("/composants/")
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


@pytest.mark.parametrize("adresse", PAGES)
def test_accessibility_mention_is_on_every_page(client, adresse):
    assert "Accessibilité\u202f: non conforme" in client.get(adresse).content.decode()


def test_unknown_address_says_what_to_do(client):
    response = client.get("/cette-page-n-existe-pas/")
    assert response.status_code == 404
    check_structure(response)
    assert "Vérifiez la fin de l’adresse" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "code", "mots"),
    [
        (views.bad_request, 400, "ne peut pas être lue"),
        (views.forbidden, 403, "pas ouverte"),
        (views.csrf_failure, 403, "rien n’a été enregistré"),
        (views.not_found, 404, "n’existe pas"),
        (views.server_error, 500, "panne"),
    ],
)
def test_error_pages(view, code, mots):
    response = view(RequestFactory().get("/"))
    assert response.status_code == code
    assert mots in response.content.decode()
    check_structure(response)


def test_missing_csrf_token_gets_our_page(settings):
    settings.ROOT_URLCONF = "communaccord.plateforme.config.urls"
    response = Client(enforce_csrf_checks=True).post("/accessibilite/")
    assert response.status_code == 403
    assert "Le formulaire a expiré" in response.content.decode()


@pytest.mark.parametrize(
    ("contact", "attendu"),
    [
        ("", "n’a pas donné d’adresse de contact"),
        ("accueil@exemple.invalid", 'href="mailto:accueil@exemple.invalid"'),
        ("https://exemple.invalid/contact", 'href="https://exemple.invalid/contact"'),
        ("Au guichet", "Au guichet"),
    ],
)
def test_contact_is_the_one_of_the_operator(client, monkeypatch, contact, attendu):
    monkeypatch.setenv("COMMUNACCORD_CONTACT", contact)
    assert attendu in client.get("/accessibilite/").content.decode()


def test_legal_notice_says_what_is_missing(client, monkeypatch):
    assert "Ces mentions sont incomplètes" in client.get("/mentions-legales/").content.decode()
    for name in ("EXPLOITANT", "CONTACT", "HEBERGEUR"):
        monkeypatch.setenv(f"COMMUNACCORD_{name}", "quelqu'un")
    monkeypatch.setenv("COMMUNACCORD_CODE", "https://exemple.invalid/code")
    page = client.get("/mentions-legales/").content.decode()
    assert "Ces mentions sont incomplètes" not in page
    assert 'href="https://exemple.invalid/code"' in page


@pytest.mark.parametrize("adresse", ["javascript:alert(1)", "a@b?subject=x", "a@b@c", "data:text/html,x"])
def test_only_web_and_mail_addresses_become_links(adresse):
    assert build_lien(adresse) == ""


def test_nothing_is_invented_about_the_operator():
    exploitant = read_exploitant({})
    assert (exploitant.nom, exploitant.contact, exploitant.hebergeur, exploitant.adresse_code) == ("", "", "", "")


def test_every_origin_is_on_the_page_of_sources(client):
    page = client.get("/donnees/").content.decode()
    for words in ("INSEE", "DGCL", "IGN", "Licence Ouverte"):
        assert words in page
