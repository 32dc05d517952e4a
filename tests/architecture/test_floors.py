"""Nothing in the house points upwards: no import, key, template, address or page type."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from wagtail.models import get_page_models

from tests.architecture import house


def climbing_keys(models) -> list[str]:
    found = []
    for model in models:
        room = model._meta.app_label
        if room not in house.FLOOR:
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and not field.auto_created else None
            to = target._meta.app_label if target else None
            if to in house.FLOOR and house.climbs(room, to):
                found.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    return found


def climbing_templates(room: str, text: str) -> list[str]:
    found = []
    for name in house.NAMED_TEMPLATE.findall(text):
        owner = house.owner_of_template(name)
        if owner and house.climbs(room, owner):
            found.append(name)
    for space in house.NAMED_URL.findall(text):
        if space in house.FLOOR and house.climbs(room, space):
            found.append(f"url {space}")
    return found


def test_every_key_points_down_or_stays_in_its_room():
    assert climbing_keys(apps.get_models()) == []


def test_the_check_of_keys_sees_a_planted_fault():
    class Field:
        name, is_relation, auto_created = "idea", True, False
        related_model = apps.get_model("ideas", "Idea")

    class Meta:
        app_label, label = "accounts", "accounts.Fault"

        @staticmethod
        def get_fields():
            return [Field]

    class Model:
        _meta = Meta

    assert climbing_keys([Model]) == ["accounts.Fault.idea -> ideas.Idea"]


@pytest.mark.parametrize("room", house.ROOMS)
def test_templates_name_only_their_own_room_or_a_lower_floor(room):
    found = [(str(path), climbing_templates(room, path.read_text())) for path in house.templates(room)]
    assert [(path, names) for path, names in found if names] == []


def test_the_check_of_templates_sees_planted_faults():
    fault = '{% include "ideas/detail.html" %}{% url "ideas:index" %}{% url \'moderation_case\' 1 %}'
    assert climbing_templates("consultations", fault) == ["ideas/detail.html", "url ideas", "url moderation"]
    assert climbing_templates("portal", fault) == []


def test_page_types_name_only_lower_rooms():
    climbing = []
    for model in get_page_models():
        room = model._meta.app_label
        for attribute in ("subpage_types", "parent_page_types"):
            for name in getattr(model, attribute, None) or []:
                to = name.split(".")[0] if isinstance(name, str) else name._meta.app_label
                if room in house.FLOOR and to in house.FLOOR and house.climbs(room, to):
                    climbing.append(f"{model._meta.label}.{attribute} -> {name}")
    assert climbing == []


def test_imports_keep_to_the_floors():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=house.HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("room", sorted(house.FLOORS[0]))
def test_the_tests_of_the_ground_know_no_room_above(room):
    files = sorted((house.HOUSE / "tests" / room).rglob("*.py"))
    found = {str(path): rooms for path in files if (rooms := house.rooms_imported(path) - house.FLOORS[0])}
    assert files and found == {}


@pytest.mark.parametrize("room", house.ROOMS)
def test_no_import_hides_in_a_function(room):
    hidden = {
        str(p): lines
        for p in house.sources(room)
        if p.name != "apps.py" and (lines := house.hidden_imports(p))
    }
    assert hidden == {}


MIRROR = "foundation/wagtails_log.py"
"""Wagtail has no announcement of its own for an entry of its log; writing a line of ours beside it changes nothing."""


@pytest.mark.parametrize("room", house.ROOMS)
def test_no_behaviour_hangs_on_saving(room):
    forbidden = re.compile(r"\b(pre_save|post_save|pre_delete|post_delete|m2m_changed|GenericForeignKey)\b")
    found = [str(path) for path in house.sources(room) if forbidden.search(path.read_text())]
    assert [path for path in found if not path.endswith(MIRROR)] == []
