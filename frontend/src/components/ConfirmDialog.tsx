import { Button, Modal } from "@mantine/core";

interface Props {
  readonly opened: boolean;
  readonly close: () => void;
  readonly title: string;
  readonly why: string;
  /** The verbs: leave it as it is, or do it. */
  readonly keep: string;
  readonly perform: string;
  readonly onPerform: () => void;
}

/** Asks before something that cannot be taken back. Closed by Escape, it leaves everything as it is. */
export function ConfirmDialog({ opened, close, title, why, keep, perform, onPerform }: Props) {
  return (
    <Modal opened={opened} onClose={close} title={title} centered>
      <div className="col gap6">
        <p>{why}</p>
        <div className="row">
          <span className="sp" />
          <Button onClick={close} data-autofocus>
            {keep}
          </Button>
          <Button
            color="red"
            variant="filled"
            onClick={() => {
              onPerform();
              close();
            }}
          >
            {perform}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
