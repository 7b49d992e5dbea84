import { defineTexts, plural } from "../../lib/texts";

const LEASED: Readonly<Record<string, string>> = {
  leased: "Before somebody now",
  submitted: "Handed out",
  skipped: "Skipped",
  expired: "Handed out, the lease ran out",
  returned: "Handed out and given back",
  reserved: "Sent back, kept for its author",
};
const REVIEWED: Readonly<Record<string, string>> = {
  accepted: "Review: accepted",
  fixed: "Review: fixed and accepted",
  sent_back: "Review: sent back",
};
const LEASED_ZH: Readonly<Record<string, string>> = {
  leased: "正在处理",
  submitted: "已分发",
  skipped: "被跳过",
  expired: "已分发，租约到期",
  returned: "已分发并归还",
  reserved: "已退回，留给作者",
};
const REVIEWED_ZH: Readonly<Record<string, string>> = {
  accepted: "复核：接受",
  fixed: "复核：修正并接受",
  sent_back: "复核：退回",
};

const WAYS_ZH: Readonly<Record<string, string>> = {
  manual: "人工",
  automated: "自动",
  answer_driven: "答案驱动",
};
const SPLITS_ZH: Readonly<Record<string, string>> = { train: "训练集", validation: "验证集", test: "测试集" };

export const texts = defineTexts(
  {
    title: "Samples",
    count: (n: number) => plural(n, "sample"),
    id: "Id",
    find: "Part of an id",
    clear: "Clear filters",
    save: "Save as slice",
    sliceName: "Name of the slice",
    slices: "Slices",
    batch: "Make a batch",
    none: "No sample matches.",
    noneWhy: "Take a filter away; the counts beside each choice say how many it would give.",
    empty: "This project has no samples yet.",
    emptyWhy: "Samples come in with their pictures, from a manifest or another tool.",
    toImports: "To the imports",
    facet: {
      state: "Pictures",
      disputed: "Disputed",
      judged: "Judged",
      rationale: "Rationales",
      training: "Training",
    } as Record<string, string>,
    value: {
      "state.ready": "Ready",
      "state.waiting": "On their way",
      "state.failed": "Failed",
      "disputed.yes": "Yes",
      "disputed.no": "No",
      "judged.yes": "Yes",
      "judged.no": "Not yet",
      "rationale.none": "None",
      "rationale.manual": "Manual",
      "rationale.automated": "Automated",
      "rationale.answer_driven": "Answer-driven",
      any: "Has the defect",
      none: "None has it",
      open: "Not answered",
    } as Record<string, string>,
    life: "Life",
    events: (n: number) => plural(n, "event"),
    filters: { all: "All", people: "People", models: "Models", training: "Training" },
    nothingOfThis: "Nothing of this kind has happened.",
    sentence: (kind: string, facts: Readonly<Record<string, string>>): string => {
      switch (kind) {
        case "imported":
          return facts.revision === "1" ? "Imported" : "Imported again, changed";
        case "opinion_imported":
          return "Verdicts came with the import";
        case "leased":
          return LEASED[facts.state ?? ""] ?? "Handed out";
        case "judged":
          return facts.revision ? `Judged again, revision ${facts.revision}` : "Judged";
        case "fixed":
          return "Corrected and accepted";
        case "adjudicated":
          return "Adjudicated";
        case "reviewed":
          return REVIEWED[facts.verdict ?? ""] ?? "Reviewed";
        case "gold_made":
          return facts.purpose === "gold" ? "Made hidden gold" : "Made a practice question";
        case "gold_retired":
          return "Gold no longer";
        case "appealed":
          return "Appealed against the practice answer";
        case "appeal_decided":
          return facts.state === "upheld" ? "Appeal upheld" : "Appeal declined";
        case "explained":
          return `Rationale, ${(facts.way ?? "").replaceAll("_", " ")}`;
        case "audited":
          return `Rationale ${facts.verdict} in lot ${facts.lot}`;
        case "frozen":
          return `Frozen in release ${facts.release}, ${facts.split}`;
        case "trained":
          return `${facts.aspect}: ${facts.state} in ${facts.run}`;
        default:
          return kind;
      }
    },
    stages: {
      plain: "plain",
      skeleton_first: "skeleton first",
      blind_first: "blind first",
      region_grounded: "region grounded",
    } as Record<string, string>,
    purposes: { training: "as practice, not counted", gold: "as hidden gold, not counted" } as Record<
      string,
      string
    >,
    goldFacts: {
      adjudicated: "answer from a ruling",
      consensus: "answer from opinions that agree",
      imported: "answer imported",
      by_hand: "answer given by a lead",
      by_lead: "retired by a lead",
      wrong: "its answer was wrong",
      worn: "judged by as many as it may be",
      leaked: "its answers became identical and fast",
    } as Record<string, string>,
    lineOf: (manifest: string, line: string) => `${manifest}, line ${line}`,
    work: {
      label: "label",
      adjudicate: "adjudicate",
      review: "review",
      write_rationale: "write a rationale",
      read_rationale: "read a rationale",
      revise_rationale: "revise a rationale",
    } as Record<string, string>,
    skippedWhy: (why: string) => `skipped: ${why}`,
    draftOf: (at: string) => `draft of ${at}`,
    authorStays: (name: string) => `${name}'s own opinion stays on record`,
    regionCount: (n: number) => plural(n, "region"),
    lettersShown: (letters: string) => `shown as ${letters}`,
    guidelineOf: (version: string) => `guideline ${version}`,
    assisted: "others' verdicts in sight",
    roundOf: (round: string) => `round ${round}`,
    lookAt: (places: string) => `look at ${places}`,
    closedAt: (at: string) => `settled ${at}`,
    answerVisible: "answer visible",
    openText: "open",
    questionCount: (n: number) => plural(n, "question"),
    familyOf: (name: string) => `family ${name}`,
    exactRate: (rate: string) => `exact in ${rate} of rollouts`,
    revisionOf: (n: string) => `revision ${n}`,
    answers: "Answers",
    answer: "Answer",
    source: "Source",
    opinions: "Opinions",
    seenInTraining: "Training",
    run: "Run",
    runOf: (number: number, recipe: string) => `r-${number} · ${recipe}`,
    visitsWhy: "one column a visit: of its rollouts, how many were exact",
    visit: (stage: string, step: number, exact: number, of: number) =>
      `${stage ? `${stage}, step ${step}: ` : ""}${exact} of ${of} exact`,
    earlier: (n: number) => `+ ${n} earlier`,
    opened: "opened",
    neverOpened: "fetched ahead, not opened",
    trainedStates: {
      unseen: "Not seen",
      stale: "Stale",
      mastered: "Mastered",
      suspect: "Suspect",
      blocked: "Blocked",
      hard: "Hard",
      learnable: "Learnable",
    } as Readonly<Record<string, string>>,
    sources: {
      imported: "imported",
      single: "single opinion",
      majority: "majority",
      adjudicated: "adjudicated",
      dawid_skene: "Dawid–Skene",
    } as Record<string, string>,
    disputedOn: (slots: string) => `${slots} tied`,
    modelSays: (answer: string, sure: string) => `model: ${answer}, ${sure}`,
    modelWhy: "Dawid–Skene weighs opinions by what each person is estimated to see",
    keptFor: (who: string) => `Sent back, kept for ${who}`,
    inWork: (who: string, batch: string) => `In work: ${who}, ${batch}`,
    disputed: "Disputed",
    suspect: "Suspect label",
    group: "Group",
    humanTime: "Human time",
    spent: "Spent on rationales",
    open: "open",
    nobody: "none",
    rationales: "Rationales",
    noRationale: "No rationale yet.",
    releases: "Releases",
    inNone: "In no release.",
    failedChecks: "failed a check",
    original: "Original",
    way: { manual: "Manual", automated: "Automated", answer_driven: "Answer-driven" } as Record<
      string,
      string
    >,
  },
  {
    title: "样本",
    count: (n) => `${n} 个样本`,
    id: "编号",
    find: "编号的一部分",
    clear: "清除筛选",
    save: "保存为切片",
    sliceName: "切片名称",
    slices: "切片",
    batch: "创建批次",
    none: "没有匹配的样本。",
    noneWhy: "移除一个筛选；每个选项旁的计数会说明结果数量。",
    empty: "此项目尚无样本。",
    emptyWhy: "样本连同图片由清单或其他工具导入。",
    toImports: "前往导入",
    facet: {
      state: "图片",
      disputed: "有争议",
      judged: "已判断",
      rationale: "理由",
      training: "训练",
    } as Record<string, string>,
    value: {
      "state.ready": "就绪",
      "state.waiting": "处理中",
      "state.failed": "失败",
      "disputed.yes": "是",
      "disputed.no": "否",
      "judged.yes": "是",
      "judged.no": "尚未",
      "rationale.none": "无",
      "rationale.manual": "人工",
      "rationale.automated": "自动",
      "rationale.answer_driven": "答案驱动",
      any: "有此缺陷",
      none: "均无",
      open: "未回答",
    } as Record<string, string>,
    life: "经历",
    events: (n) => `${n} 个事件`,
    filters: { all: "全部", people: "人员", models: "模型", training: "训练" },
    nothingOfThis: "没有此类事件。",
    sentence: (kind, facts) => {
      switch (kind) {
        case "imported":
          return facts.revision === "1" ? "导入" : "再次导入，有变化";
        case "opinion_imported":
          return "随导入带来的判定";
        case "leased":
          return LEASED_ZH[facts.state ?? ""] ?? "分发";
        case "judged":
          return facts.revision ? `再次判定，第 ${facts.revision} 版` : "判定";
        case "fixed":
          return "修正并接受";
        case "adjudicated":
          return "裁决";
        case "reviewed":
          return REVIEWED_ZH[facts.verdict ?? ""] ?? "复核";
        case "gold_made":
          return facts.purpose === "gold" ? "设为隐藏金标" : "设为练习题";
        case "gold_retired":
          return "不再是金标";
        case "appealed":
          return "对练习答案提出申诉";
        case "appeal_decided":
          return facts.state === "upheld" ? "申诉成立" : "申诉被驳回";
        case "explained":
          return `理由：${WAYS_ZH[facts.way ?? ""] ?? facts.way}`;
        case "audited":
          return `理由在审核批 ${facts.lot} 中${facts.verdict === "accepted" ? "通过" : "未通过"}`;
        case "frozen":
          return `冻结于发布 ${facts.release}，${SPLITS_ZH[facts.split ?? ""] ?? facts.split}`;
        case "trained":
          return `${facts.aspect}：${facts.run} 中为 ${facts.state}`;
        default:
          return kind;
      }
    },
    stages: {
      plain: "直接",
      skeleton_first: "先观察",
      blind_first: "先盲答",
      region_grounded: "基于区域",
    } as Record<string, string>,
    purposes: { training: "作为练习，不计数", gold: "作为隐藏金标，不计数" } as Record<string, string>,
    goldFacts: {
      adjudicated: "答案来自裁决",
      consensus: "答案来自一致的意见",
      imported: "答案来自导入",
      by_hand: "答案由负责人给出",
      by_lead: "由负责人停用",
      wrong: "其答案有误",
      worn: "判定人数已达上限",
      leaked: "其回答变得雷同且过快",
    } as Record<string, string>,
    lineOf: (manifest, line) => `${manifest}，第 ${line} 行`,
    work: {
      label: "标注",
      adjudicate: "裁决",
      review: "复核",
      write_rationale: "撰写理由",
      read_rationale: "审读理由",
      revise_rationale: "修改理由",
    } as Record<string, string>,
    skippedWhy: (why) => `跳过：${why}`,
    draftOf: (at) => `草稿 ${at}`,
    authorStays: (name) => `${name}的原意见保留在记录中`,
    regionCount: (n) => `${n} 个区域`,
    lettersShown: (letters) => `显示顺序 ${letters}`,
    guidelineOf: (version) => `指南 ${version}`,
    assisted: "可见他人判定",
    roundOf: (round) => `第 ${round} 轮`,
    lookAt: (places) => `请看 ${places}`,
    closedAt: (at) => `了结于 ${at}`,
    answerVisible: "答案可见",
    openText: "打开",
    questionCount: (n) => `${n} 个问题`,
    familyOf: (name) => `族 ${name}`,
    exactRate: (rate) => `展开中完全正确 ${rate}`,
    revisionOf: (n) => `第 ${n} 版`,
    answers: "答案",
    answer: "答案",
    source: "来源",
    opinions: "意见",
    seenInTraining: "训练",
    run: "运行",
    runOf: (number, recipe) => `r-${number} · ${recipe}`,
    visitsWhy: "每列一次访问：其中完全正确的次数",
    visit: (stage, step, exact, of) =>
      `${stage ? `${stage}，第 ${step} 步：` : ""}${of} 次中 ${exact} 次完全正确`,
    earlier: (n) => `+ 此前 ${n} 次`,
    opened: "已打开",
    neverOpened: "预取，未打开",
    trainedStates: {
      unseen: "未见",
      stale: "过期",
      mastered: "已掌握",
      suspect: "可疑",
      blocked: "受阻",
      hard: "困难",
      learnable: "可学",
    } as Readonly<Record<string, string>>,
    sources: {
      imported: "导入",
      single: "单一意见",
      majority: "多数",
      adjudicated: "裁决",
      dawid_skene: "Dawid–Skene",
    } as Record<string, string>,
    disputedOn: (slots) => `${slots} 平票`,
    modelSays: (answer, sure) => `模型：${answer}，${sure}`,
    modelWhy: "Dawid–Skene 按对每人能力的估计为意见加权",
    keptFor: (who) => `已退回，留给${who}`,
    inWork: (who, batch) => `处理中：${who}，${batch}`,
    disputed: "有争议",
    suspect: "标签存疑",
    group: "组",
    humanTime: "人工时间",
    spent: "理由花费",
    open: "未定",
    nobody: "无",
    rationales: "理由",
    noRationale: "尚无理由。",
    releases: "发布",
    inNone: "不在任何发布中。",
    failedChecks: "未通过检查",
    original: "原图",
    way: WAYS_ZH,
  },
);
