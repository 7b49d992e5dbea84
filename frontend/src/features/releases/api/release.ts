import { queryOptions, useMutation } from "@tanstack/react-query";
import { api } from "../../../api/client";

export const releaseQuery = (project: string, name: string) =>
  queryOptions({
    queryKey: ["release", project, name],
    queryFn: ({ signal }) =>
      api.get("/api/v1/projects/{slug}/releases/{name}", { path: { slug: project, name }, signal }),
  });

/** Reads every byte again. */
export const useVerify = (project: string, name: string) =>
  useMutation({
    mutationFn: () =>
      api.post("/api/v1/projects/{slug}/releases/{name}/verify", { path: { slug: project, name } }),
  });
