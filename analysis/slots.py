"""What this room shows in places that lower templates name."""

from analysis.views import read_back
from foundation import slots

slots.put("voice.parts", template="analysis/_read_rightly.html", order=5, context=read_back.on_voice)
slots.put("outcome.parts", template="analysis/_agreement.html", order=10, context=read_back.on_outcome)
