// A real OpenID provider whose login asks for nothing but a name: AGENCY/OFFICER.
// Whoever is asked for `urn:estafette:strong` is said to have given it.
import Provider from "oidc-provider";

const [port, redirect] = process.argv.slice(2);
const strong = "urn:estafette:strong";
const api = "https://estafette.example/api";
const device = "urn:ietf:params:oauth:grant-type:device_code";

const claimsOf = (sub) => {
  const [agency, officer] = sub.split("/");
  return { sub, agency, officer };
};

const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: "estafette",
    client_secret: "a-secret-of-the-tests-alone",
    redirect_uris: [redirect],
    response_types: ["code"],
    grant_types: ["authorization_code"],
  }, {
    client_id: "intake",
    client_secret: "a-secret-of-a-program",
    redirect_uris: [],
    response_types: [],
    grant_types: ["client_credentials"],
  }, {
    client_id: "estafette-cli",
    token_endpoint_auth_method: "none",
    redirect_uris: [],
    response_types: [],
    grant_types: [device],
  }],
  acrValues: [strong, "urn:estafette:plain"],
  claims: { openid: ["sub", "acr", "sid", "auth_time"], profile: ["agency", "officer"] },
  conformIdTokenClaims: false,
  findAccount: (_, sub) => ({ accountId: sub, claims: () => claimsOf(sub) }),
  pkce: { required: () => true },
  cookies: { keys: ["tests"] },
  // A program has the agency that whoever runs the provider gave it.
  extraTokenClaims: (ctx, token) => {
    if (!token.accountId) return { agency: "onss" };
    const { DeviceCode, AuthorizationCode } = ctx.oidc.entities;
    const { acr, authTime } = DeviceCode ?? AuthorizationCode;
    return { ...claimsOf(token.accountId), sub: undefined, acr, auth_time: authTime };
  },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    deviceFlow: {
      enabled: true,
      userCodeInputSource: (ctx, form) => { ctx.body = form; },
      userCodeConfirmSource: (ctx, form) => { ctx.body = form; },
      successSource: (ctx) => { ctx.body = "signed in"; },
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: (_, client) => (client.clientId === "estafette" ? undefined : api),
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: "", audience: "estafette", accessTokenFormat: "jwt", accessTokenTTL: 600,
      }),
    },
  },
  interactions: { url: (_, interaction) => `/login/${interaction.uid}` },
});

// The one page: the test posts a name to it, and is sent on.
provider.use(async (ctx, next) => {
  const [, first, uid] = ctx.path.split("/");
  if (first !== "login") return next();
  const details = await provider.interactionDetails(ctx.req, ctx.res);
  const { params, prompt, session } = details;
  if (ctx.method === "GET" && !ctx.query.as && prompt.name === "login") {
    ctx.body = `<form><input name="as" aria-label="name"><button>Sign in</button></form>`;
    ctx.type = "html";
    return;
  }
  const sub = ctx.query.as ?? session?.accountId;
  if (prompt.name === "login") {
    const acr = (params.acr_values ?? "").includes(strong) ? strong : "urn:estafette:plain";
    const weak = ctx.query.weak ? "urn:estafette:plain" : acr;
    await provider.interactionFinished(ctx.req, ctx.res, {
      login: { accountId: sub, acr: weak },
    }, { mergeWithLastSubmission: false });
  } else {
    const grant = new provider.Grant({ accountId: sub, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    grant.addResourceScope(api, "");
    await provider.interactionFinished(ctx.req, ctx.res, {
      consent: { grantId: await grant.save() },
    }, { mergeWithLastSubmission: true });
  }
  ctx.respond = false;
});

provider.listen(Number(port), "localhost", () => console.log("ready"));
