import { defineTexts } from "../../lib/texts";

export const texts = defineTexts(
  {
    title: "Projects",
    name: "Name",
    address: "Short name",
    role: "Your role",
    state: "State",
    annotator: "Annotator",
    reviewer: "Reviewer",
    lead: "Lead",
    active: "active",
    archived: "archived",
    none: "You are in no project yet.",
    noneWhy: "A lead of a project sends you an invitation link; open it while you are signed in.",
  },
  {
    title: "项目",
    name: "名称",
    address: "短名",
    role: "您的角色",
    state: "状态",
    annotator: "标注员",
    reviewer: "复核员",
    lead: "负责人",
    active: "进行中",
    archived: "已归档",
    none: "您还没有加入任何项目。",
    noneWhy: "项目负责人会发送邀请链接；请在登录状态下打开它。",
  },
);
