import { queryOptions } from "@tanstack/react-query";
import { api } from "../../../api/client";

export const logQuery = queryOptions({
  queryKey: ["audit-log"],
  queryFn: ({ signal }) => api.get("/api/v1/administration/log", { signal }),
});
