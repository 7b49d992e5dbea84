import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { ApiProblem } from "../api/problem";
import { defineTexts, useTexts } from "../lib/texts";

const texts = defineTexts(
  {
    again: "Try again",
    unknown: "This could not be loaded.",
    away: "The server cannot be reached.",
    // Empty: the server's own sentences are English.
    refusals: {} as Readonly<Record<string, string>>,
  },
  {
    again: "重试",
    unknown: "无法加载。",
    away: "无法连接服务器。",
    // What the sign-in page refuses; everything else is said in the server's own English.
    refusals: {
      wrong_credentials: "用户名与密码不匹配。忘记密码请向管理员索取重置链接。",
      too_many_attempts: "登录尝试次数过多。请五分钟后再试。",
    } as Readonly<Record<string, string>>,
  },
);

/** What was refused or went wrong, in the server's own sentence, and a way on. */
export function ErrorPanel({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useTexts(texts);
  const away = error instanceof ApiProblem && error.status === 0;
  const said = error instanceof ApiProblem ? t.refusals[error.code] : undefined;
  const title = away ? t.away : (said ?? (error instanceof Error ? error.message : t.unknown));
  return (
    <div className="alert bad" role="alert">
      <IconAlertTriangle size={16} />
      <span className="sp">{title}</span>
      {retry && (
        <Button size="compact-sm" onClick={retry}>
          {t.again}
        </Button>
      )}
    </div>
  );
}
