import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useRef } from "react";

/**
 * A dialog that exists only while it is open, so that it begins afresh each time. Focus goes back to what opened it:
 * Mantine's own return needs a dialog that stays and is closed.
 */
export function Dialog(props: Omit<ModalProps, "opened">) {
  const opener = useRef(document.activeElement);
  useEffect(() => {
    const before = opener.current;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return <Modal opened centered {...props} />;
}
