import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, cookie, inThisLanguage, type Reply } from "../../../api/client";
import { ApiProblem, unreachable } from "../../../api/problem";

const PATH = "/api/v1/projects/{slug}/imports";
export type Import = Reply<typeof PATH, "get">["results"][number];

const key = (project: string) => ["imports", project] as const;
export const isBusy = (row: Import): boolean =>
  row.state === "waiting" || row.state === "running" || row.pictures_waiting > 0;

export const importsQuery = (project: string) =>
  queryOptions({
    queryKey: key(project),
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project }, signal }),
    refetchInterval: (query) => (query.state.data?.results.some(isBusy) ? 1_000 : false),
  });

interface Upload {
  readonly manifest: File;
  readonly archive: File | null;
  readonly update: boolean;
  readonly strict: boolean;
  readonly onSent: (share: number) => void;
}

/** XMLHttpRequest, because fetch tells nothing about how much of a body has left. */
function upload(project: string, { manifest, archive, update, strict, onSent }: Upload): Promise<Import> {
  const form = new FormData();
  form.append("manifest", manifest);
  form.append("update", String(update));
  form.append("strict", String(strict));
  if (archive) form.append("archive", archive);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/projects/${encodeURIComponent(project)}/imports`);
    const headers = { ...inThisLanguage(), "X-CSRFToken": cookie("csrftoken") };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onSent(event.loaded / event.total);
    };
    request.onerror = () => reject(unreachable());
    request.onload = () => {
      const body: unknown = JSON.parse(request.responseText || "null");
      if (request.status === 201) resolve(body as Import);
      else {
        const said = body as { code?: string; title?: string } | null;
        reject(new ApiProblem(request.status, said?.code ?? "refused", said?.title ?? request.statusText));
      }
    };
    request.send(form);
  });
}

export function useUpload(project: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Upload) => upload(project, given),
    onSettled: () => client.invalidateQueries({ queryKey: key(project) }),
  });
}
