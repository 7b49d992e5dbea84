import { defineTexts } from "../../lib/texts";

export const texts = defineTexts(
  {
    signIn: "Sign in",
    username: "Name",
    password: "Password",
    wrong: "Name and password do not fit together.",
    forgot: "Forgot the password? An administrator can copy a reset link for you.",
    dark: "Dark or light",
  },
  {
    signIn: "登录",
    username: "用户名",
    password: "密码",
    wrong: "用户名与密码不匹配。",
    forgot: "忘记密码？管理员可以为您复制重置链接。",
    dark: "深色或浅色",
  },
);
