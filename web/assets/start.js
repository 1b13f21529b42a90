// Starts the page components. Every page is usable without it.
import { initAll } from "./govuk-frontend.js";

initAll();
