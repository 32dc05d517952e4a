"""Vote events are append only, on both engines."""

from django.db import migrations

from foundation.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_what_is_asked_said_and_answered"), ("foundation", "0002_four_eyes")]

    operations = [AppendOnly("consultations_voteevent")]
