import { defineTexts } from "../lib/texts";

export const texts = defineTexts(
  {
    nothingHere: "There is no page at this address.",
    maybeMoved: "It may have been moved, or you may not be a member of its project.",
    toProjects: "To your projects",
    pageFailed: "This page stopped working.",
    pageFailedWhy: "Reload it. What you had entered in annotation is kept in this browser.",
    newVersion: "Loupe was updated while this page was open.",
    reload: "Reload",
    serverGone: "The server cannot be reached.",
    serverGoneWhy: "This page tries again by itself every few seconds.",
    noProject: "You are not a member of a project at this address.",
    noProjectWhy: "Ask a lead of the project for an invitation link.",
    keyPages: {
      audit: "A lot",
      batch: "A batch",
      import: "An import",
      run: "A rationale run",
      training: "Training runs",
    },
  },
  {
    nothingHere: "此地址没有页面。",
    maybeMoved: "页面可能已移动，或者您不是该项目的成员。",
    toProjects: "返回项目列表",
    pageFailed: "此页面已停止工作。",
    pageFailedWhy: "请重新加载。标注中已输入的内容保存在此浏览器中。",
    newVersion: "页面打开期间 Loupe 已更新。",
    reload: "重新加载",
    serverGone: "无法连接服务器。",
    serverGoneWhy: "此页面每隔几秒会自动重试。",
    noProject: "您不是此地址所示项目的成员。",
    noProjectWhy: "请向项目负责人索取邀请链接。",
    keyPages: { audit: "批", batch: "批次", import: "导入", run: "理由运行", training: "训练运行" },
  },
);
