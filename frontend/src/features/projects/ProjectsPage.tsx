import { IconFolderOpen } from "@tabler/icons-react";
import { type ProjectBrief, useMe } from "../../api/session";
import { type Column, DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { PageHeader } from "../../components/PageHeader";
import { useTexts } from "../../lib/texts";
import { texts } from "./texts";

export function ProjectsPage() {
  const t = useTexts(texts);
  const { projects } = useMe();
  const columns: Column<ProjectBrief>[] = [
    { key: "name", head: t.name, cell: (row) => <b>{row.name}</b> },
    {
      key: "slug",
      head: t.address,
      cell: (row) => <span className="mono t2">{row.slug}</span>,
      width: "200px",
    },
    { key: "role", head: t.role, cell: (row) => (row.role ? t[row.role] : "–"), width: "140px" },
    {
      key: "state",
      head: t.state,
      cell: (row) => <span className="badge">{t[row.state]}</span>,
      width: "140px",
    },
  ];
  return (
    <>
      <PageHeader title={t.title} />
      <section className="panel grow">
        {projects.length === 0 ? (
          <EmptyState icon={<IconFolderOpen size={22} />} title={t.none}>
            {t.noneWhy}
          </EmptyState>
        ) : (
          <DataTable
            rows={projects}
            columns={columns}
            rowKey={(row) => row.id}
            label={t.title}
            to={(row) => `/p/${row.slug}`}
          />
        )}
      </section>
    </>
  );
}
