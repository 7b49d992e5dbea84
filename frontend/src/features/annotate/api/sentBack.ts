import { useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client";

const PATH = "/api/v1/projects/{slug}/assignments/{assignment_id}/sent-back";

/** What a turn of one's own was sent back for, with the places; asked only when it was. */
export const useSentBack = (project: string, assignment: number, wasSentBack: boolean) =>
  useQuery({
    queryKey: ["sent-back", project, assignment],
    queryFn: ({ signal }) => api.get(PATH, { path: { slug: project, assignment_id: assignment }, signal }),
    enabled: wasSentBack,
  });
