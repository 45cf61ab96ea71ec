// On a server, offers the calendar for subscription: the page cannot know its address before.
if (location.protocol.startsWith("http")) {
  const item = document.getElementById("subscription"), link = item.firstElementChild;
  link.href = link.href.replace(/^https?:/, "webcal:");
  item.hidden = false;
}
