import { useMutation } from "@tanstack/react-query";
import { api } from "../../../api/client";

export const useReset = (secret: string) =>
  useMutation({
    mutationFn: (password: string) =>
      api.post("/api/v1/resets/{secret}", { path: { secret }, body: { password } }),
  });
