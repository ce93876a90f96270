"""What people do all day: stop, wait, pick variants, edit the script, go through the history."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.doubles import LET_GO
from tests.browser.studio import Studio


def test_stop_leaves_the_tree_alone_and_keeps_what_was_done(studio: Studio) -> None:
    studio.sample()
    known = studio.nodes()
    studio.send("brighter, then glasses slowly")
    expect(studio.last.locator(".pal-card.done")).to_have_count(1)
    studio.at("[data-do=stop]").click()
    expect(studio.last).to_contain_text("Stopped. The picture is as it was.")
    expect(studio.last.locator("progress")).to_have_count(0)
    assert studio.nodes() == known
    assert studio.script() == []
    studio.button("Keep what was done").click()
    expect(studio.at(".pal-node")).to_have_count(2)
    expect(studio.at(".pal-step")).to_have_count(1)
    expect(studio.button("Keep what was done")).to_have_count(0)
    studio.send("glasses slowly")
    expect(studio.last.locator("progress")).to_be_visible()
    studio.page.keyboard.press("Escape")
    expect(studio.last).to_contain_text("Stopped.")
    assert len(studio.nodes()) == 2
    studio.say("brighter")
    assert len(studio.nodes()) == 3


def test_a_second_message_waits_in_sight(studio: Studio) -> None:
    studio.sample()
    studio.send("glasses slowly")
    expect(studio.last.locator("progress")).to_be_visible()
    studio.send("a red hat")
    expect(studio.last).to_contain_text("Waits for the message before it.")
    studio.watch.expected.append("409")
    studio.send("brighter")
    studio.toast("another one waits")
    expect(studio.at(".pal-form textarea")).to_have_value("brighter")
    studio.button("Take this back").click()
    expect(studio.turns).to_have_count(1)
    expect(studio.last.locator("progress")).to_be_visible()
    studio.at("[data-do=stop]").click()
    studio.quiet(1)
    assert studio.script() == []
    expect(studio.turns.first).to_contain_text("Stopped")
    studio.at(".pal-form textarea").fill("")
    studio.send("glasses slowly")
    expect(studio.last.locator("progress")).to_be_visible()
    studio.send("a red hat")
    expect(studio.button("Stop that and do this")).to_be_visible()
    (studio.folder / LET_GO).touch()
    studio.quiet(3)
    # Who writes ahead means the picture that the message before will make.
    assert studio.script() == ["glasses, slowly", "give her a red hat"]


def test_a_failed_step_keeps_the_ones_before_it(studio: Studio) -> None:
    studio.sample()
    failed = studio.say("brighter, then the impossible")
    expect(failed.locator(".pal-card.failed")).to_contain_text("The painter cannot do")
    assert len(studio.script()) == 1
    studio.say("a red hat")
    assert len(studio.script()) == 2


def test_questions_and_offers_are_buttons(studio: Studio) -> None:
    studio.sample()
    asked = studio.say("make it nicer")
    expect(asked.locator(".pal-answer")).to_have_text("What do you mean by nicer?")
    studio.click(asked.get_by_role("button", name="brighter"))
    assert len(studio.script()) == 1


def test_the_script_is_edited_by_hand(studio: Studio) -> None:
    studio.sample()
    studio.say("brighter")
    studio.say("crop it to 4:5 and write Hello at the top")
    assert len(studio.script()) == 3
    brighter, crop, hello = studio.script()
    studio.click(studio.step(3).get_by_title("Earlier"))
    assert studio.script() == [brighter, hello, crop]
    studio.click(studio.step(1).locator(".pal-switch"))
    expect(studio.step(1)).to_have_class(re.compile("off"))
    studio.click(studio.step(1).locator(".pal-switch"))
    expect(studio.step(1)).not_to_have_class(re.compile("off"))
    studio.step(1).get_by_title("Change this step").click()
    studio.step(1).get_by_label("stops").fill("-1.5")
    studio.click(studio.step(1).get_by_role("button", name="Change it"))
    assert studio.script()[0] != brighter
    assert studio.session().history.current.script.at(1).stops == -1.5  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    studio.click(studio.step(2).get_by_title("Take this step out"))
    assert studio.script()[1:] == [crop]
    studio.watch.expected.append("422")
    studio.step(1).get_by_title("Change this step").click()
    studio.step(1).get_by_label("stops").fill("")
    studio.step(1).get_by_role("button", name="Change it").click()
    studio.toast("exactly one of")
    assert len(studio.script()) == 2


def test_words_of_two_lines_stay_so_in_the_form(studio: Studio) -> None:
    studio.sample()
    studio.say("write Hello over you")
    studio.step(1).get_by_title("Change this step").click()
    expect(studio.step(1).get_by_role("textbox", name="text", exact=True)).to_have_value("Hello\nyou")
    studio.step(1).get_by_label("letter height").fill("40")
    studio.click(studio.step(1).get_by_role("button", name="Change it"))
    words = studio.session().history.current.script.at(1)  # pyright: ignore[reportOptionalMemberAccess]
    assert (words.text, words.size) == ("Hello\nyou", 40)  # pyright: ignore[reportAttributeAccessIssue]


def test_where_a_step_works_is_said_in_its_form(studio: Studio) -> None:
    studio.sample()
    studio.say("brighter")
    for words in ("left half", ""):
        studio.step(1).get_by_title("Change this step").click()
        studio.step(1).get_by_role("textbox", name="where", exact=True).fill(words)
        studio.click(studio.step(1).get_by_role("button", name="Change it"))
        assert ("left half" in studio.script()[0]) == bool(words)
    where = studio.session().history.current.script.at(1).where  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    assert where is None


def test_what_would_be_painted_anew_is_asked_before(studio: Studio) -> None:
    studio.sample()
    studio.say("brighter, then a hat")
    known = studio.nodes()
    studio.step(1).locator(".pal-switch").click()
    expect(studio.at(".pal-dialog[open]")).to_contain_text("A painted step comes after this")
    studio.answer("Leave it")
    assert studio.nodes() == known
    expect(studio.step(1).locator("input")).to_be_checked()
    studio.step(1).locator(".pal-switch").click()
    before = studio.turns.count()
    studio.answer("Keep as painted")
    studio.quiet(before + 1)
    expect(studio.step(1).locator("input")).not_to_be_checked()
    kept = studio.session().history
    assert kept.current is not None
    assert [patch.key for patch in kept.current.records.patches]
    # What was painted on the brighter picture is still known.
    studio.click(studio.step(1).locator(".pal-switch"))
    expect(studio.step(1).locator("input")).to_be_checked()
    studio.step(1).get_by_title("Change this step").click()
    studio.step(1).get_by_label("stops").fill("1")
    studio.step(1).get_by_role("button", name="Change it").click()
    studio.answer("Paint anew")
    studio.quiet(before + 3)
    assert "1" in studio.script()[0]


def test_the_history_goes_there_and_compares(studio: Studio) -> None:
    studio.sample()
    original = studio.shown()
    studio.say("brighter")
    second = studio.shown()
    studio.say("a red hat")
    third = studio.shown()
    assert len({original, second, third}) == 3
    studio.click(studio.at(f".pal-node[data-id='{original}']"))
    assert studio.shown() == original
    studio.button("compare with…").click()
    studio.at(f".pal-node[data-id='{third}']").click()
    expect(studio.at(".pc-divider")).to_be_visible()
    expect(studio.at(f".pal-node[data-id='{third}']")).to_have_attribute("data-compared", "")
    assert studio.shown() == original
    studio.click(studio.at(f".pal-node[data-id='{third}']"))
    assert studio.shown() == third
    # Back and forth by keys; in an empty text they are the page's, else the text's own.
    studio.at(".pc-stage").focus()
    studio.page.keyboard.press("Control+z")
    studio.shows(second)
    expect(studio.at("[data-do=redo]")).to_be_enabled()
    studio.page.keyboard.press("Control+Shift+Z")
    studio.shows(third)
    expect(studio.at("[data-do=redo]")).to_be_disabled()
    studio.at(".pal-form textarea").fill("half a sentence")
    studio.page.keyboard.press("Control+z")
    studio.at(".pal-form textarea").fill("")
    assert studio.shown() == third


def test_variants_lie_in_a_row_and_a_click_picks(studio: Studio) -> None:
    studio.sample()
    studio.at(".pal-variants select").select_option("4")
    several = studio.say("a red hat")
    variants = several.locator(".pal-variant")
    expect(variants).to_have_count(4)
    expect(variants.nth(0)).to_have_attribute("aria-pressed", "true")
    expect(studio.at(".pal-variants select")).to_have_value("1")
    first = studio.shown()
    before = studio.turns.count()
    variants.nth(2).click()
    studio.quiet(before + 1)
    expect(variants.nth(2)).to_have_attribute("aria-pressed", "true")
    assert studio.shown() != first
    current = studio.session().history.current
    assert current is not None
    assert current.variant == 2
    assert len(studio.script()) == 1


def test_not_what_i_meant_says_a_step_in_other_words(studio: Studio) -> None:
    studio.sample()
    turn = studio.say("a red hat")
    turn.get_by_role("button", name="Not what I meant").click()
    expect(turn.get_by_role("button", name="Change it")).to_be_in_viewport(ratio=1)
    turn.get_by_label("What this step shall do").fill("give her a blue hat")
    studio.click(turn.get_by_role("button", name="Change it"))
    assert studio.script() == ["give her a blue hat"]
    again = studio.at(".pal-step").first
    again.get_by_title("Change this step").click()
    studio.click(again.get_by_role("button", name="Another one"))
    assert studio.script() == ["give her a blue hat"]
    assert len(studio.nodes()) == 4


def test_two_people_and_two_tabs(visit: Visit) -> None:
    ann, bob = visit(), visit()
    ann.sample()
    ann.say("brighter")
    bob.watch.expected.append("404")
    bob.open(f"?s={ann.id}")
    bob.toast("no longer there")
    expect(bob.at(".pal-session")).to_have_count(0)
    assert "s=" not in bob.page.url
    bob.sample("A cat")
    other = Studio(ann.page.context.new_page(), ann.watch, ann.folder).open(f"?s={ann.id}")
    assert other.everything() == ann.everything()
    other.say("a red hat")
    ann.quiet(2)
    assert ann.shown() == other.shown()
    ann.click("[data-do=undo]")
    other.quiet(3)
    assert other.shown() == ann.shown()
    expect(ann.at(".pal-session")).to_have_count(1)
    expect(bob.at(".pal-session")).to_have_count(1)
    ann.at("[data-do=new]").click()
    expect(ann.at(".pal-sample")).to_have_count(3)
    assert len(other.script()) == 1


_COUNT_FEEDS = """
  const made = [];
  const real = window.EventSource;
  window.EventSource = function (address) { const one = new real(address); made.push(one); return one; };
  Object.assign(window.EventSource, { CONNECTING: 0, OPEN: 1, CLOSED: 2 });
  window.feeds = () => made.filter((one) => one.readyState !== 2).length;
  window.seen = (yes) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => !yes });
    document.dispatchEvent(new Event('visibilitychange'));
  };
"""


def test_a_tab_that_nobody_sees_lets_go_of_its_feed(visit: Visit) -> None:
    studio = visit()
    studio.page.clock.install()
    studio.page.add_init_script(_COUNT_FEEDS)
    studio.open()
    studio.sample()
    studio.say("brighter")
    feeds = "() => window.feeds()"
    assert studio.page.evaluate(feeds) == 1
    studio.page.evaluate("seen(false)")
    studio.page.clock.fast_forward(30_000)
    assert studio.page.evaluate(feeds) == 0
    studio.page.evaluate("seen(true)")
    studio.page.wait_for_function("() => window.feeds() === 1")
    studio.quiet(1)
    studio.say("a red hat")
    assert len(studio.script()) == 2
    studio.last.get_by_role("button", name="Not what I meant").click()
    expect(studio.at("form.pal-meant")).to_be_visible()
    studio.page.evaluate("seen(false)")
    studio.page.clock.fast_forward(30_000)
    assert studio.page.evaluate(feeds) == 1
