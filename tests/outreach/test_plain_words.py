"""What comes from elsewhere is kept as plain words, without the handles of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.channels._plain import LONGEST, canonical, words_of

MENTION = (
    '<span class="h-card"><a href="http://a.test/asha" class="u-url mention">@<span>{}</span></a></span>'
)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Plant trees</p>", "Plant trees"),
        ("<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree"),
        ("5 &lt; 6 &amp; 7", "5 < 6 & 7"),
        ("a <script>alert(1)</script>b", "a b"),
        ("a <style>p{}</style><svg><title>x</title></svg>b", "a b"),
        ("<img src=x onerror=alert(1)>words", "words"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ("safe\u202etxt.exe\x07", "safetxt.exe"),
        ("संवाद", "संवाद"),
        (MENTION.format("agency@localhost:8001") + " I disagree", "I disagree"),
        (MENTION.format("agency") + " " + MENTION.format("ben") + ", I disagree", "I disagree"),
        ("As " + MENTION.format("ben") + " said", "As @… said"),
        ("@agency@localhost:8001 hello", "hello"),
        ("ask @ben@server.example or @asha.", "ask @… or @…."),
        ("write to help@agency.example", "write to help@agency.example"),
        ('<a href="http://t.test/water" class="mention hashtag">#<span>water</span></a>', "#water"),
        ('<a href="https://a.test/1"><span class="invisible">https://</span><span>a.test/1</span></a>',
         "https://a.test/1"),
    ],
)  # fmt: skip
def test_html_becomes_words(html, words):
    assert words_of(html) == words


@given(st.text(max_size=200))
def test_any_text_is_read_without_falling_over_and_never_grows(html):
    words = words_of(html)
    assert len(words) <= max(LONGEST, len(html))
    assert "\x00" not in words


def test_endless_words_are_cut():
    assert len(words_of("a" * (LONGEST * 3))) == LONGEST


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("312 said: “yes”.\n\nhttps://a.test/x?a=1&b=2",
         '312 said: "yes".<br><br><a href="https://a.test/x?a=1&amp;b=2">https://a.test/x?a=1&amp;b=2</a>'),
        ("The *whole* list", "<p>The <b>whole</b> list</p>"),
        ("Thanks @asha@far.example", f"Thanks {MENTION.format('asha')}"),
        ("Une réunion", "<p>Une re\u0301union</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)  # fmt: skip
def test_our_words_and_what_a_server_made_of_them_are_equal(ours, theirs):
    assert canonical(ours) == canonical(theirs, html=True)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("312 people answered", "313 people answered"),
        ("बस की", "बस का"),
        ("👍 done", "👎 done"),
        ("50 €", "50 $"),
    ],
)
def test_other_words_stay_other_words(ours, theirs):
    assert canonical(ours) != canonical(f"<p>{theirs}</p>", html=True)
