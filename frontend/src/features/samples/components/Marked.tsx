import { isSeverity } from "../../../lib/severity";
import type { Life } from "../api/life";
import classes from "../samples.module.css";

type Picture = Life["row"]["pictures"][number];

/** A picture with the regions that stand on it; coordinates are pixels of the stored raster. */
export function Marked(props: { life: Life; picture: Picture; project: string; label: string; fit: number }) {
  const { life, picture } = props;
  const here = life.regions.filter((region) => region.slot === picture.slot);
  const side = Math.max(picture.width, picture.height);
  return (
    <div className={classes.picture}>
      <img
        src={`/api/v1/projects/${props.project}/pictures/${picture.sha256}?fit=${props.fit}`}
        alt={props.label}
      />
      {here.length > 0 && (
        <svg
          className={classes.marks}
          viewBox={`0 0 ${picture.width} ${picture.height}`}
          aria-hidden="true"
          strokeWidth={side / 130}
        >
          {here.map((region, place) => {
            const said = life.cells[region.slot]?.[region.aspect];
            const mark = isSeverity(said) ? said : "unsure";
            const look = { stroke: `var(--region-${mark})`, fill: "none" };
            // biome-ignore lint/suspicious/noArrayIndexKey: two regions may be alike, their place tells them apart
            if (region.box) return <rect key={place} {...look} {...rect(region.box)} />;
            if (region.point)
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <circle key={place} {...look} cx={region.point[0]} cy={region.point[1]} r={side / 40} />
              );
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            return <polygon key={place} {...look} points={(region.polygon ?? []).join(" ")} />;
          })}
        </svg>
      )}
      <span className={classes.tag}>{props.label}</span>
    </div>
  );
}

const rect = ([x, y, width, height]: readonly number[]) => ({ x, y, width, height });
