"""सुझाव और उन पर बातचीत, हिन्दी में।"""

from portal.demo.talk_en import Remark, Thought, Wait

IDEAS: dict[str, list[Thought]] = {
    "steps": [
        Thought(
            "rekha",
            "महिलाओं के लिए एक ओट वाली जगह",
            "विद्यालय घाट पर एक नीची दीवार बने, ताकि औरतें और लड़कियाँ बिना देखे हाथ-पैर धो सकें।",
            ("दीवार", "महिलाएँ"),
            15,
            talk=(
                Remark("chandan", "दीवार के पीछे अँधेरा भी होगा। बत्ती साथ में लगे।"),
                Remark(
                    "nisha",
                    "A wall that hides us also hides whoever waits behind it. Make it low, and open to the river.",
                ),
                Remark("rekha", "नीची ही कहा है, कमर तक।", 1),
            ),
        ),
        Thought(
            "chandan",
            "घाट की सफ़ाई हर शनिवार, मोहल्ले के साथ",
            "हर शनिवार सुबह एक मोहल्ला एक घाट साफ़ करे, और निदेशालय झाड़ू और गाड़ी दे।",
            ("सफ़ाई",),
            8,
            talk=(
                Remark("dilip", "पहले जिनका काम है वे करें, फिर हमें बुलाएँ।"),
                Remark("sushila", "दोनों हो सकता है। साफ़ घाट पर कोई कूड़ा नहीं फेंकता।", 0),
                Remark("kishan", "शनिवार को बाज़ार है। रविवार रखिए।", None, Wait),
            ),
        ),
    ],
    "buses": [
        Thought(
            "lalita",
            "बस में कोहरे वाली पीली बत्ती",
            "सफ़ेद बत्ती कोहरे में दीवार बन जाती है। पीली बत्ती नीचे लगे तो सड़क दिखे।",
            ("बत्ती", "बसें"),
            10,
            talk=(
                Remark("salim", "True. I bought one myself for bus 14, out of my own pocket."),
                Remark("gopal", "तो विभाग पैसे लौटाए और सब बसों में लगाए।", 0),
            ),
        ),
    ],
}
