"""Sentences the sandbox can say, in English and Chinese.

Belongs here: wording by aspect. `{c}` is the candidate, `{side}` a place in the picture.
Does not: choosing what is true (writer.py). An aspect that is not listed gets the general wording with its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    defect: tuple[str, ...]
    clean: tuple[str, ...]
    seen: tuple[str, ...]  # neutral observations, used where no verdict may be given yet


ENGLISH: Mapping[str, Wording] = {
    "appearance_deformation": Wording(
        defect=(
            "The outline of the product in {c} bends {side}, where the original runs straight.",
            "In {c} the body is stretched {side}; its proportions no longer match the original.",
            "{c} bulges {side}, and the rim that is even in the original has lost its curve.",
        ),
        clean=(
            "{c} keeps the outline and the proportions of the original.",
            "Edges and rim in {c} follow those of the original closely.",
        ),
        seen=("{c}: the body's outline {side} can be followed against the original.",),
    ),
    "physical_shadow": Wording(
        defect=(
            "The shadow in {c} lies {side}, against the light that the original shows.",
            "In {c} the product casts no fitting shadow {side}, although the light would throw one.",
            "The shadow {side} in {c} starts away from the foot of the product, so it cannot belong to it.",
        ),
        clean=(
            "The shadow in {c} starts at the foot of the product and falls away from the light.",
            "Length and direction of the shadow in {c} fit the light of the scene.",
        ),
        seen=("{c}: the shadow {side} has a clear edge and a direction that can be compared with the light.",),
    ),
    "placement_layout": Wording(
        defect=(
            "A strip of ground shows under the product {side} in {c}; it hangs in the air.",
            "In {c} the product stands {side} of where the surface could carry it.",
            "{c} places the product {side} at a size that does not fit what surrounds it.",
        ),
        clean=(
            "In {c} the product rests on the surface at a fitting size.",
            "{c} keeps the product inside the frame and on the ground.",
        ),
        seen=("{c}: the contact between product and ground {side} is visible.",),
    ),
    "extension_rationality": Wording(
        defect=(
            "In {c} a part grows {side} that the original product does not have.",
            "The ground in {c} breaks {side}; the extension does not continue it.",
            "{c} adds something {side} that has no reason in the scene.",
        ),
        clean=(
            "{c} continues the ground and the wall without a break.",
            "Nothing in the extended area of {c} contradicts the scene.",
        ),
        seen=("{c}: the extended area {side} joins the original picture.",),
    ),
}
CHINESE: Mapping[str, Wording] = {
    "appearance_deformation": Wording(
        defect=("{c} 中商品的轮廓在{side}弯曲,而原图中是直的。", "{c} 的主体在{side}被拉伸,比例与原图不符。"),
        clean=("{c} 的轮廓和比例与原图一致。",),
        seen=("{c}:可以将{side}的轮廓与原图对照。",),
    ),
    "physical_shadow": Wording(
        defect=("{c} 的阴影落在{side},与原图的光线方向相反。", "{c} 在{side}缺少应有的阴影。"),
        clean=("{c} 的阴影从商品底部开始,方向与光线相符。",),
        seen=("{c}:{side}的阴影边缘清楚,方向可以判断。",),
    ),
    "placement_layout": Wording(
        defect=("{c} 中商品{side}下方露出地面,看起来悬空。", "{c} 的商品在{side}的大小与周围不协调。"),
        clean=("{c} 中商品平稳地放在表面上。",),
        seen=("{c}:可以看到商品{side}与地面的接触。",),
    ),
    "extension_rationality": Wording(
        defect=("{c} 在{side}多出了原商品没有的部分。", "{c} 的地面在{side}断开,没有自然延续。"),
        clean=("{c} 自然地延续了地面和墙面。",),
        seen=("{c}:{side}的扩展区域与原图相接。",),
    ),
}
GENERAL_ENGLISH = Wording(
    defect=("In {c} the {aspect} is faulty {side} when compared with the original.",),
    clean=("In {c} the {aspect} agrees with the original.",),
    seen=("{c}: the {aspect} {side} can be compared with the original.",),
)
GENERAL_CHINESE = Wording(
    defect=("与原图相比,{c} 在{side}的“{aspect}”有问题。",),
    clean=("{c} 的“{aspect}”与原图相符。",),
    seen=("{c}:{side}的“{aspect}”可以与原图对照。",),
)
SIDES_ENGLISH = ("on the left", "on the right", "at the bottom", "at the top")
SIDES_CHINESE = ("左侧", "右侧", "下方", "上方")
LEAKS_ENGLISH = ("As the given answer states, ", "Consistent with the provided answer, ", "Since we know the result, ")
LEAKS_CHINESE = ("正如给定的答案所述,", "根据已知答案,")
REFUSAL_ENGLISH = "I cannot help with judging these pictures."


def wording(aspect: str, *, chinese: bool) -> Wording:
    """By aspect key, else the general one."""
    known, general = (CHINESE, GENERAL_CHINESE) if chinese else (ENGLISH, GENERAL_ENGLISH)
    return known.get(aspect, general)
