// SPDX-License-Identifier: Apache-2.0
// The connection to the simulator. What it says is told to `page`, by the type of the message.

export class Link {
  constructor(page) {
    this.page = page;
    const token = new URLSearchParams(location.search).get("token");
    this.socket = new WebSocket("ws://" + location.host + "/live?token=" + token);
    this.socket.binaryType = "arraybuffer";
    this.socket.onmessage = (event) => this.take(event.data);
    this.socket.onclose = () => page.onGone();
  }
  // "press GPIO3_A5": words as the shell's :commands have them.
  ask(words) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(words);
  }
  take(data) {
    if (typeof data !== "string") {
      if (this.known) this.page.onChanges(new Uint8Array(data));
      return;
    }
    const message = JSON.parse(data);
    if (message.type === "head") this.known = true;
    // A page that has just been opened may get what is meant for the others first.
    if (this.known) this.page["on_" + message.type](message);
  }
}
