"""The prompts that a new project starts with.

Belongs here: texts, English and Chinese, for the ways that models write. A project edits its own copies as new
versions; a better default here reaches new projects, and is offered to those that have an older one.

Placeholders are `$aspect $description $letters $count $answer $verdicts $regions $observations
$rationale`. Candidates are named in double braces, so that letters can be told from words and be rewritten when they
are shuffled.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import msgspec

from cot_generation.choices import Stage, Way
from cot_generation.shapes import PromptStep

LOCALES = ("en", "zh-CN")


@dataclass(frozen=True)
class Default:
    """One prompt without its project."""

    name: str
    locale: str
    way: Way
    stage: Stage
    steps: tuple[PromptStep, ...]

    @property
    def texts_sha256(self) -> str:
        """Names these very texts."""
        return hashlib.sha256(msgspec.json.encode(self.steps)).hexdigest()


_SYSTEM_EN = (
    "You compare one original product picture with generated candidates and say exactly what can be seen. "
    "Name a candidate by its letter in double braces, for example {{B}}. Reply with JSON only."
)
_SYSTEM_ZH = (
    "你将一张原始商品图与若干生成的候选图进行比较,只说图中确实能看到的内容。"
    "用双花括号中的字母指称候选图,例如 {{B}}。只回复 JSON。"
)
_QUESTION_EN = (
    "Aspect: $aspect. $description\n"
    "Which of the $count candidates ($letters) have a defect of this aspect when compared with the original? "
    "It may be none, one or several.\n"
)
_QUESTION_ZH = (
    "方面:$aspect。$description\n"
    "与原图相比,$count 张候选图($letters)中哪些在这一方面存在缺陷?可能没有,也可能有一张或多张。\n"
)
_FORM_EN = (
    "Write one short sentence for every candidate: say where to look, what is there, and why that is or is not a "
    "defect. Then conclude.\n"
    'Reply as {"sentences": [{"candidate": "A", "text": "…", "defect": true, "regions": []}], "answer": ["A"]}, '
    'with "answer": [] when no candidate has the defect.'
)
_FORM_ZH = (
    "为每张候选图写一句简短的话:看哪里、看到什么、为什么是或不是缺陷。最后给出结论。\n"
    '按此格式回复:{"sentences": [{"candidate": "A", "text": "…", "defect": true, "regions": []}], "answer": ["A"]},'
    '没有候选图有缺陷时 "answer" 为 []。'
)
_OBSERVE_EN = (
    "Aspect: $aspect. $description\n"
    "Note for every candidate ($letters) what can be seen that matters for this aspect. "
    "Note only what is visible. Do not judge yet and do not conclude.\n"
    'Reply as {"observations": [{"candidate": "A", "text": "…"}]}.'
)
_OBSERVE_ZH = (
    "方面:$aspect。$description\n"
    "请为每张候选图($letters)记录与这一方面有关的可见内容。只记录看到的,暂不判断,也不下结论。\n"
    '按此格式回复:{"observations": [{"candidate": "A", "text": "…"}]}。'
)
_EXPLAIN_EN = (
    "Aspect: $aspect. $description\n"
    "Looking at the pictures alone, these observations were noted:\n$observations\n\n"
    "People judged the candidates: $verdicts. With the defect: $answer.$regions\n"
    "Write the reasoning that leads from what can be seen to that judgement. Start from the observations, correct "
    "those that the pictures do not bear out, and argue every candidate from the pictures only. Never mention that a "
    "judgement was made known to you, nor people, labels or a result.\n" + _FORM_EN
)
_EXPLAIN_ZH = (
    "方面:$aspect。$description\n"
    "仅凭图片记录了以下观察:\n$observations\n\n"
    "人工判断:$verdicts。存在缺陷的:$answer。$regions\n"
    "请写出从可见内容推到这一判断的理由。从观察出发,改正图片不支持的观察,只用图片为每张候选图说明理由。"
    "不要提到判断、人员、标签或结果是事先告知的。\n" + _FORM_ZH
)
_TOLD_EN = (
    "People judged the candidates: $verdicts. With the defect: $answer.$regions\n"
    "Write the reasoning that leads from what can be seen to that judgement, from the pictures only. Never mention "
    "that a judgement was made known to you, nor people, labels or a result.\n"
)
_TOLD_ZH = (
    "人工判断:$verdicts。存在缺陷的:$answer。$regions\n"
    "请只用图片写出从可见内容推到这一判断的理由。不要提到判断、人员、标签或结果是事先告知的。\n"
)
_GROUNDED_EN = (
    "Aspect: $aspect. $description\n"
    "Look at these places first. Severity of what is there: $verdicts.$regions\n"
    "Say for every candidate what the pictures show there in comparison with the original, and conclude from that "
    "which candidates have a defect of this aspect. Never mention that places were pointed out to you.\n"
)
_GROUNDED_ZH = (
    "方面:$aspect。$description\n"
    "请先看这些位置。各处的程度:$verdicts。$regions\n"
    "逐张说明候选图在这些位置与原图相比显示了什么,并据此得出哪些候选图在这一方面存在缺陷。不要提到这些位置是事先指出的。\n"
)
_READ_EN = (
    "Aspect: $aspect. $description\n"
    "Somebody compared the candidates ($letters) with the original and wrote:\n$rationale\n\n"
    "Which candidates have a defect of this aspect, if this text is followed and the pictures bear it out? Do not add "
    "findings of your own.\n"
    'Reply as {"answer": ["A"]}, with [] for none.'
)
_READ_ZH = (
    "方面:$aspect。$description\n"
    "有人将候选图($letters)与原图比较后写道:\n$rationale\n\n"
    "如果遵循这段文字且图片也支持,哪些候选图在这一方面存在缺陷?不要加入自己的发现。\n"
    '按此格式回复:{"answer": ["A"]},没有则为 []。'
)
_JUDGE_EN = (
    "Aspect: $aspect. $description\n"
    "Somebody compared the candidates ($letters) with the original and wrote:\n$rationale\n\n"
    "Look for one sentence that the pictures contradict, or a defect of this aspect that the text misses. Most texts "
    "have none; say so only where you can point at it.\n"
    'Reply as {"reason": "…", "sound": true}, with false only when the reason names what is wrong.'
)
_JUDGE_ZH = (
    "方面:$aspect。$description\n"
    "有人将候选图($letters)与原图比较后写道:\n$rationale\n\n"
    "请找出一句与图片矛盾的话,或文字遗漏的这一方面的缺陷。多数文字没有问题;只有能指出时才说。\n"
    '按此格式回复:{"reason": "…", "sound": true},只有理由指明错误时才为 false。'
)


def _both(name: str, way: Way, stage: Stage, **steps: tuple[str, str]) -> tuple[Default, Default]:
    """The prompt in every language of LOCALES; a step's texts in their order."""
    systems = (_SYSTEM_EN, _SYSTEM_ZH)
    english, chinese = (
        Default(
            name=name,
            locale=locale,
            way=way,
            stage=stage,
            steps=tuple(PromptStep(step, systems[place], texts[place]) for step, texts in steps.items()),
        )
        for place, locale in enumerate(LOCALES)
    )
    return english, chinese


_BLIND = (_QUESTION_EN + _FORM_EN, _QUESTION_ZH + _FORM_ZH)
_TOLD = (_QUESTION_EN + _TOLD_EN + _FORM_EN, _QUESTION_ZH + _TOLD_ZH + _FORM_ZH)
_GROUNDED = (_GROUNDED_EN + _FORM_EN, _GROUNDED_ZH + _FORM_ZH)
_OBSERVE, _EXPLAIN = (_OBSERVE_EN, _OBSERVE_ZH), (_EXPLAIN_EN, _EXPLAIN_ZH)
_READ, _JUDGE = (_READ_EN, _READ_ZH), (_JUDGE_EN, _JUDGE_ZH)

DEFAULTS: tuple[Default, ...] = (
    *_both("Pictures only", Way.AUTOMATED, Stage.PLAIN, explain=_BLIND),
    *_both("Skeleton, then answer", Way.ANSWER_DRIVEN, Stage.SKELETON_FIRST, observe=_OBSERVE, explain=_EXPLAIN),
    *_both("Answer, then reason", Way.ANSWER_DRIVEN, Stage.PLAIN, explain=_TOLD),
    *_both("Blind, then answer", Way.ANSWER_DRIVEN, Stage.BLIND_FIRST, explain=_BLIND, told=_TOLD),
    *_both("Regions, then reason", Way.ANSWER_DRIVEN, Stage.REGION_GROUNDED, explain=_GROUNDED),
    *_both("Read back", Way.AUTOMATED, Stage.READ_BACK, derive=_READ, derive_again=_READ),
    *_both("Judge", Way.AUTOMATED, Stage.JUDGE, judge=_JUDGE),
)
