import { Button, NumberInput, SegmentedControl } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconScale } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useMay } from "../../../api/project";
import { number } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import classes from "../AgreementPage.module.css";
import { type Policy, policyQuery, useSetPolicy } from "../api/consensus";
import { texts } from "../texts";

/** Whose voice weighs how much: the plain vote or Dawid–Skene, and where the two answer differently. */
export function ConsensusPanel(props: {
  project: string;
  nameOf: (aspect: string) => string;
  onOpen: (aspect: string) => void;
}) {
  const policy = useQuery(policyQuery(props.project));
  if (!policy.data) return null;
  return <Choice key={policy.data.version} {...props} policy={policy.data} />;
}

function Choice(props: {
  project: string;
  nameOf: (aspect: string) => string;
  onOpen: (aspect: string) => void;
  policy: Policy;
}) {
  const t = useTexts(texts);
  const lead = useMay("lead");
  const { policy } = props;
  const [method, setMethod] = useState(policy.method);
  const [settlesAt, setSettlesAt] = useState<number | string>(policy.settles_at);
  useEffect(() => setMethod(policy.method), [policy.method]);
  const set = useSetPolicy(props.project);
  const changed = method !== policy.method || Number(settlesAt) !== policy.settles_at;
  const save = () =>
    set.mutate(
      { method, settles_at: Number(settlesAt) },
      { onError: (error) => notifications.show({ color: "red", message: error.message }) },
    );
  return (
    <section className="panel">
      <div className="ph">
        <IconScale size={16} stroke={1.6} />
        <h2 className="sp">{t.consensus}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t.consensus}
          value={method}
          disabled={!lead}
          onChange={(value) => setMethod(value === "dawid_skene" ? "dawid_skene" : "majority")}
          data={[
            { value: "majority", label: t.majority },
            { value: "dawid_skene", label: "Dawid–Skene" },
          ]}
        />
      </div>
      <div className="pb col">
        <p className="s t2">{method === "majority" ? t.majorityWhy : t.dawidSkeneWhy}</p>
        {method === "dawid_skene" && (
          <NumberInput
            size="xs"
            label={t.settlesAt}
            value={settlesAt}
            disabled={!lead}
            onChange={setSettlesAt}
            min={0.5}
            max={1}
            step={0.01}
            decimalScale={2}
            maw={220}
          />
        )}
        {policy.aspects.length > 0 && (
          <table className={`tbl ${classes.model}`}>
            <thead>
              <tr>
                <th>{t.aspect}</th>
                <th className="r">{t.questions}</th>
                <th className="r">{t.couldSettle}</th>
                <th className="r">{t.answersDiffer}</th>
              </tr>
            </thead>
            <tbody>
              {policy.aspects.map((each) => (
                <tr key={each.aspect}>
                  <td>{props.nameOf(each.aspect)}</td>
                  <td className="r">{number(each.questions)}</td>
                  <td className="r">{number(each.settled)}</td>
                  <td className="r">
                    {each.differing > 0 ? (
                      <Button size="compact-xs" onClick={() => props.onOpen(each.aspect)}>
                        {t.open(each.differing)}
                      </Button>
                    ) : (
                      "0"
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {lead && changed && (
          <Button variant="filled" size="compact-sm" loading={set.isPending} onClick={save}>
            {t.useThis}
          </Button>
        )}
      </div>
    </section>
  );
}
