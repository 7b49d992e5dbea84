// Written by ./loupe types from docs/reference/openapi.json; never edited.

export interface paths {
    "/api/v1/administration/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Who did what, newest first. */
        get: operations["auditLogGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/administration/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Everybody who can sign in. */
        get: operations["peopleGet"];
        put?: never;
        /** @description Everybody who can sign in. */
        post: operations["peoplePost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/administration/people/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description Activating, deactivating, making or unmaking an administrator. */
        patch: operations["personPatch"];
        trace?: never;
    };
    "/api/v1/administration/people/{user_id}/reset-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description A link that an administrator copies to somebody who forgot a password. */
        post: operations["resetLinkPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/administration/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description All projects, by name only; administrators make new ones and name a lead. */
        get: operations["instanceProjectsGet"];
        put?: never;
        /** @description All projects, by name only; administrators make new ones and name a lead. */
        post: operations["instanceProjectsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/administration/projects/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description Archiving and restoring by an administrator. */
        patch: operations["instanceProjectPatch"];
        trace?: never;
    };
    "/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Whether this process can reach its database. */
        get: operations["healthGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What a link offers, and taking it; open to strangers, who hold the secret. */
        get: operations["invitationOfferGet"];
        put?: never;
        /** @description What a link offers, and taking it; open to strangers, who hold the secret. */
        post: operations["invitationOfferPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The caller's projects. */
        get: operations["projectsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One project as its member meets it; a lead renames, archives and restores it. */
        get: operations["projectGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description One project as its member meets it; a lead renames, archives and restores it. */
        patch: operations["projectPatch"];
        trace?: never;
    };
    "/api/v1/projects/{slug}/aspects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The project's aspects and its answer rule. */
        get: operations["aspectsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/aspects/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description One aspect's words. */
        patch: operations["aspectPatch"];
        trace?: never;
    };
    "/api/v1/projects/{slug}/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The demo filling itself. */
        get: operations["demoProgressGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/guidelines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Every version of the guideline, newest first; a lead publishes the next. */
        get: operations["guidelinesGet"];
        put?: never;
        /** @description Every version of the guideline, newest first; a lead publishes the next. */
        post: operations["guidelinesPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Imports, newest first; a lead uploads a manifest with an archive of its pictures. */
        get: operations["importsGet"];
        put?: never;
        /** @description Imports, newest first; a lead uploads a manifest with an archive of its pictures. */
        post: operations["importsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One import and how far it is. */
        get: operations["importGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/imports/{import_id}/pictures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Samples with a bad picture, and asking for all of them again. */
        get: operations["importPicturesGet"];
        put?: never;
        /** @description Samples with a bad picture, and asking for all of them again. */
        post: operations["importPicturesPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/imports/{import_id}/refusals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Refused rows, by line. */
        get: operations["importRefusalsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Links by which people join. */
        get: operations["invitationsGet"];
        put?: never;
        /** @description Links by which people join. */
        post: operations["invitationsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Withdrawing a link. */
        delete: operations["invitationDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Who is in the project. */
        get: operations["membersGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description One member's role, or leaving. */
        delete: operations["memberDelete"];
        options?: never;
        head?: never;
        /** @description One member's role, or leaving. */
        patch: operations["memberPatch"];
        trace?: never;
    };
    "/api/v1/projects/{slug}/pictures/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One stored picture. Its address holds its hash, so browsers may keep it for good, each for its own person. */
        get: operations["pictureGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/samples/by-id/{external_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One sample by its external id. */
        get: operations["sampleGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/resets/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Setting a new password by a reset link; open to strangers, who hold the secret. */
        post: operations["passwordResetPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The browser's session. */
        get: operations["sessionGet"];
        put?: never;
        /** @description The browser's session. */
        post: operations["sessionPost"];
        /** @description The browser's session. */
        delete: operations["sessionDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/browsers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Where one is signed in. */
        get: operations["browsersGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/browsers/{browser}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description One signed-in browser. */
        delete: operations["browserDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Changing one's own password. */
        post: operations["passwordPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description One's own name and language. */
        patch: operations["profilePatch"];
        trace?: never;
    };
    "/api/v1/session/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Keys for programs that act as this person. */
        get: operations["tokensGet"];
        put?: never;
        /** @description Keys for programs that act as this person. */
        post: operations["tokensPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description One token. */
        delete: operations["tokenDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** AspectChangeRequest */
        AspectChangeRequest: {
            description: components["schemas"]["Names"];
            names: components["schemas"]["Names"];
        };
        /** AspectList */
        AspectList: {
            results: components["schemas"]["AspectRow"][];
            rule_version: number;
            threshold: string;
        };
        /**
         * AspectRow
         * @description An aspect of the matrix, in order. Texts map `en` and `zh`.
         */
        AspectRow: {
            description: {
                [key: string]: string;
            };
            id: number;
            key: string;
            names: {
                [key: string]: string;
            };
            position: number;
            severities: string[];
        };
        /** AuditLogPage */
        AuditLogPage: {
            after: string | null;
            results: components["schemas"]["AuditLogRow"][];
        };
        /** AuditLogRow */
        AuditLogRow: {
            action: string;
            actor: string;
            at: string;
            details: {
                [key: string]: unknown;
            };
            id: number;
            subject: string;
        };
        /** BrowserList */
        BrowserList: {
            results: components["schemas"]["BrowserRow"][];
        };
        /**
         * BrowserRow
         * @description A signed-in browser. `id` is a digest: the key itself never leaves the server.
         */
        BrowserRow: {
            created_at: string;
            current: boolean;
            expires_at: string;
            id: string;
            user_agent: string;
        };
        /**
         * DemoProgress
         * @description Empty for every project but the demo.
         */
        DemoProgress: {
            finished: boolean;
            steps: components["schemas"]["DemoStep"][];
        };
        /**
         * DemoStep
         * @description One step; `state` is waiting, running, done or failed.
         */
        DemoStep: {
            done: number;
            failure: string;
            key: string;
            state: string;
            title: string;
            total: number;
        };
        /** GuidelineDetail */
        GuidelineDetail: {
            created_at: string;
            note: string;
            texts: {
                [key: string]: components["schemas"]["GuidelineText"];
            };
            version: number;
        };
        /** GuidelineList */
        GuidelineList: {
            results: components["schemas"]["GuidelineDetail"][];
        };
        /** GuidelinePublishRequest */
        GuidelinePublishRequest: {
            /** @default  */
            note?: string;
            texts: {
                [key: string]: components["schemas"]["GuidelineText"];
            };
        };
        /**
         * GuidelineText
         * @description What annotators read about one aspect, and the question a model is asked.
         */
        GuidelineText: {
            question: components["schemas"]["Names"];
            text: components["schemas"]["Names"];
        };
        /** ImportPage */
        ImportPage: {
            after: string | null;
            results: components["schemas"]["ImportRow"][];
        };
        /**
         * ImportRow
         * @description An import and how far it is; pictures are counted by sample.
         */
        ImportRow: {
            changed_count: number;
            failure: string;
            finished_at: string | null;
            /** Format: uuid */
            id: string;
            name: string;
            new_count: number;
            pictures_failed: number;
            pictures_ready: number;
            pictures_waiting: number;
            refused_count: number;
            row_count: number;
            started_at: string;
            state: string;
            unchanged_count: number;
        };
        /** InvitationAcceptRequest */
        InvitationAcceptRequest: {
            /** @default  */
            name?: string;
            /** @default  */
            password?: string;
            /** @default  */
            username?: string;
        };
        /** InvitationCreateRequest */
        InvitationCreateRequest: {
            /** @default  */
            note?: string;
            /** @enum {string} */
            role: "annotator" | "reviewer" | "lead";
        };
        /** InvitationList */
        InvitationList: {
            results: components["schemas"]["InvitationRow"][];
        };
        /**
         * InvitationOffer
         * @description What an invitation link offers, before anybody signs in.
         */
        InvitationOffer: {
            project: string;
            /** @enum {string} */
            role: "annotator" | "reviewer" | "lead";
        };
        /** InvitationRow */
        InvitationRow: {
            accepted_at: string | null;
            expires_at: string;
            /** Format: uuid */
            id: string;
            note: string;
            revoked_at: string | null;
            /** @enum {string} */
            role: "annotator" | "reviewer" | "lead";
        };
        /**
         * LinkReply
         * @description A link to copy; it is shown this once.
         */
        LinkReply: {
            expires_at: string;
            url: string;
        };
        /** MemberChangeRequest */
        MemberChangeRequest: {
            /** @enum {string} */
            role: "annotator" | "reviewer" | "lead";
        };
        /** MemberList */
        MemberList: {
            results: components["schemas"]["MemberRow"][];
        };
        /** MemberRow */
        MemberRow: {
            is_active: boolean;
            joined_at: string;
            name: string;
            /** @enum {string} */
            role: "annotator" | "reviewer" | "lead";
            user_id: number;
            username: string;
        };
        /**
         * Names
         * @description A name in the languages of the pages.
         */
        Names: {
            en: string;
            /** @default  */
            zh?: string;
        };
        /** PasswordChangeRequest */
        PasswordChangeRequest: {
            new: string;
            old: string;
        };
        /** PasswordResetRequest */
        PasswordResetRequest: {
            password: string;
        };
        /** PersonChangeRequest */
        PersonChangeRequest: {
            /** @default null */
            is_active?: boolean | null;
            /** @default null */
            is_administrator?: boolean | null;
        };
        /** PersonCreateRequest */
        PersonCreateRequest: {
            /** @default false */
            is_administrator?: boolean;
            /** @default  */
            name?: string;
            password: string;
            username: string;
        };
        /** PersonList */
        PersonList: {
            results: components["schemas"]["PersonRow"][];
        };
        /** PersonRow */
        PersonRow: {
            is_active: boolean;
            is_administrator: boolean;
            joined_at: string;
            name: string;
            user_id: number;
            username: string;
        };
        /** PictureDetail */
        PictureDetail: {
            generator: string;
            height: number;
            sha256: string;
            slot: string;
            url: string;
            width: number;
        };
        /**
         * PictureRefusals
         * @description Samples whose pictures could not be stored; `field` names the slot.
         */
        PictureRefusals: {
            results: components["schemas"]["RefusalRow"][];
        };
        /** ProfileRequest */
        ProfileRequest: {
            /** @default null */
            locale?: string | null;
            /** @default null */
            name?: string | null;
        };
        /**
         * ProjectBrief
         * @description A project in a list; `role` is null for an administrator who is no member.
         */
        ProjectBrief: {
            /** Format: uuid */
            id: string;
            name: string;
            role: ("annotator" | "reviewer" | "lead") | null;
            slug: string;
            /** @enum {string} */
            state: "active" | "archived";
        };
        /** ProjectChangeRequest */
        ProjectChangeRequest: {
            /** @default null */
            name?: string | null;
            /** @default null */
            state?: ("active" | "archived") | null;
        };
        /** ProjectCreateRequest */
        ProjectCreateRequest: {
            /** @default null */
            lead?: string | null;
            name: string;
            slug: string;
        };
        /** ProjectList */
        ProjectList: {
            results: components["schemas"]["ProjectBrief"][];
        };
        /** RefusalPage */
        RefusalPage: {
            after: string | null;
            results: components["schemas"]["RefusalRow"][];
        };
        /** RefusalRow */
        RefusalRow: {
            field: string;
            id: string;
            line: number;
            reason: string;
        };
        /** Retried */
        Retried: {
            samples: number;
        };
        /**
         * SampleDetail
         * @description A sample with its pictures; what people said of it comes from the apps above.
         */
        SampleDetail: {
            created_at: string;
            external_id: string;
            group: string;
            id: number;
            metadata: Record<string, never>;
            pictures: components["schemas"]["PictureDetail"][];
            revision: number;
            slots: string[];
            state: string;
        };
        /**
         * SessionDetail
         * @description Who is signed in, and the token that unsafe requests send as X-CSRFToken.
         */
        SessionDetail: {
            csrf: string;
            projects: components["schemas"]["ProjectBrief"][];
            user: components["schemas"]["SessionUser"];
        };
        /** SessionUser */
        SessionUser: {
            id: number;
            is_administrator: boolean;
            locale: string;
            name: string;
            username: string;
        };
        /** SignInRequest */
        SignInRequest: {
            password: string;
            username: string;
        };
        /** TokenCreateRequest */
        TokenCreateRequest: {
            name: string;
        };
        /** TokenList */
        TokenList: {
            results: components["schemas"]["TokenRow"][];
        };
        /** TokenRow */
        TokenRow: {
            created_at: string;
            /** Format: uuid */
            id: string;
            name: string;
            revoked_at: string | null;
        };
        /**
         * TokenSecret
         * @description A new token; its secret is shown this once.
         */
        TokenSecret: {
            /** Format: uuid */
            id: string;
            name: string;
            secret: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    auditLogGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditLogPage"];
                };
            };
        };
    };
    peopleGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonList"];
                };
            };
        };
    };
    peoplePost: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonCreateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonRow"];
                };
            };
        };
    };
    personPatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PersonChangeRequest"];
            };
        };
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    resetLinkPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkReply"];
                };
            };
        };
    };
    instanceProjectsGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectList"];
                };
            };
        };
    };
    instanceProjectsPost: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectCreateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectBrief"];
                };
            };
        };
    };
    instanceProjectPatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProjectChangeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectBrief"];
                };
            };
        };
    };
    healthGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    invitationOfferGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationOffer"];
                };
            };
        };
    };
    invitationOfferPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["InvitationAcceptRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDetail"];
                };
            };
        };
    };
    projectsGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectList"];
                };
            };
        };
    };
    projectGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectBrief"];
                };
            };
        };
    };
    projectPatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProjectChangeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectBrief"];
                };
            };
        };
    };
    aspectsGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AspectList"];
                };
            };
        };
    };
    aspectPatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AspectChangeRequest"];
            };
        };
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    demoProgressGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemoProgress"];
                };
            };
        };
    };
    guidelinesGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuidelineList"];
                };
            };
        };
    };
    guidelinesPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GuidelinePublishRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuidelineDetail"];
                };
            };
        };
    };
    importsGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPage"];
                };
            };
        };
    };
    importsPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    archive?: string;
                    /** Format: binary */
                    manifest: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportRow"];
                };
            };
        };
    };
    importGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportRow"];
                };
            };
        };
    };
    importPicturesGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PictureRefusals"];
                };
            };
        };
    };
    importPicturesPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Retried"];
                };
            };
        };
    };
    importRefusalsGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalPage"];
                };
            };
        };
    };
    invitationsGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationList"];
                };
            };
        };
    };
    invitationsPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationCreateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkReply"];
                };
            };
        };
    };
    invitationDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    membersGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
        };
    };
    memberDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    memberPatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
                user_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberChangeRequest"];
            };
        };
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    pictureGet: {
        parameters: {
            query?: {
                /** @description Longest side in pixels. */
                fit?: "1024" | "320" | "512" | "768" | "full";
            };
            header?: never;
            path: {
                sha256: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
        };
    };
    sampleGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                external_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleDetail"];
                };
            };
        };
    };
    passwordResetPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordResetRequest"];
            };
        };
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sessionGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDetail"];
                };
            };
        };
    };
    sessionPost: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDetail"];
                };
            };
        };
    };
    sessionDelete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    browsersGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BrowserList"];
                };
            };
        };
    };
    browserDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                browser: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    passwordPost: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChangeRequest"];
            };
        };
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    profilePatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProfileRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionDetail"];
                };
            };
        };
    };
    tokensGet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
        };
    };
    tokensPost: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenCreateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenSecret"];
                };
            };
        };
    };
    tokenDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
