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
    "/api/v1/projects/{slug}/adjudications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Disputed questions that nobody adjudicates yet, and a batch of them. */
        get: operations["adjudicationsGet"];
        put?: never;
        /** @description Disputed questions that nobody adjudicates yet, and a batch of them. */
        post: operations["adjudicationsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/adjudications/{assignment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One disputed sample, held by the caller: its opinions, and the ruling. */
        get: operations["adjudicationGet"];
        put?: never;
        /** @description One disputed sample, held by the caller: its opinions, and the ruling. */
        post: operations["adjudicationPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/agreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description How far people agree, per aspect and candidate. */
        get: operations["agreementGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/agreement/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The samples behind a figure: whose opinions differ on this aspect, and candidate. */
        get: operations["differingSamplesGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/api/v1/projects/{slug}/assignments/{assignment_id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description Unsent input. An older version never replaces a newer one. */
        put: operations["draftPut"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/assignments/{assignment_id}/heartbeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Hold on to a piece, and count active time. */
        post: operations["heartbeatPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/assignments/{assignment_id}/reclaim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description A lead takes a held piece back for others. */
        post: operations["reclaimPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/assignments/{assignment_id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Give a piece back unjudged. */
        post: operations["returnPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/assignments/{assignment_id}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Pass on a piece, with a reason. */
        post: operations["skipPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/assignments/{assignment_id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description One judgement, once. */
        post: operations["submitPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The project's batches: all for reviewers and leads, what they may work on for annotators. */
        get: operations["batchesGet"];
        put?: never;
        /** @description The project's batches: all for reviewers and leads, what they may work on for annotators. */
        post: operations["batchesPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/batches/{batch_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One batch with its progress; a lead steers it. */
        get: operations["batchGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description One batch with its progress; a lead steers it. */
        patch: operations["batchPatch"];
        trace?: never;
    };
    "/api/v1/projects/{slug}/batches/{batch_id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Next pieces of a batch, under a lease. */
        post: operations["claimPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/batches/{batch_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description The page closes: what the caller holds in the batch goes back. */
        post: operations["leavePost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/batches/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description What a batch would hold and take, before it is made. */
        post: operations["batchPreviewPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The caller's own last ten opinions. */
        get: operations["decisionsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/decisions/{annotation_id}/revise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Change one's own submitted opinion. */
        post: operations["revisePost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/api/v1/projects/{slug}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description A batch of opinions to look at a second time. */
        post: operations["reviewsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/reviews/{assignment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One opinion under review, held by the caller: accept it, or send it back. */
        get: operations["reviewGet"];
        put?: never;
        /** @description One opinion under review, held by the caller: accept it, or send it back. */
        post: operations["reviewPost"];
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
        /** AdjudicationBatchRequest */
        AdjudicationBatchRequest: {
            /** @default  */
            name?: string;
            /** @default [] */
            people?: number[];
        };
        /**
         * AdjudicationDetail
         * @description What an adjudicator rules on: the opinions unnamed, and the disputed questions.
         */
        AdjudicationDetail: {
            assignment_id: number;
            fence: number;
            opinions: components["schemas"]["OpinionShown"][];
            questions: components["schemas"]["QuestionStanding"][];
        };
        /**
         * AgreementAspect
         * @description One aspect; `low` and `high` bound alpha at 95 % over samples.
         */
        AgreementAspect: {
            aspect: string;
            cells: components["schemas"]["AgreementCell"][];
            figure: components["schemas"]["AlphaFigure"];
            high: number | null;
            low: number | null;
            samples: number;
            samples_differing: number;
        };
        /** AgreementCell */
        AgreementCell: {
            figure: components["schemas"]["AlphaFigure"];
            slot: string;
        };
        /**
         * AgreementReply
         * @description Agreement over the samples with two or more counted opinions.
         */
        AgreementReply: {
            aspects: components["schemas"]["AgreementAspect"][];
            samples: number;
        };
        /**
         * AlphaFigure
         * @description Krippendorff's alpha, or why it is undefined. `units`: cells with two or more opinions.
         */
        AlphaFigure: {
            alpha: number | null;
            pairs_agreeing: number | null;
            units: number;
            why_undefined: string;
        };
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
        /**
         * BatchChangeRequest
         * @description Each only when given.
         */
        BatchChangeRequest: {
            /** @default null */
            maximum?: number | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            people?: number[] | null;
            /** @default null */
            state?: ("open" | "paused" | "closed") | null;
            /** @default null */
            wanted?: number | null;
        };
        /** BatchCreateRequest */
        BatchCreateRequest: {
            /** @default label */
            kind?: string;
            /** @default null */
            maximum?: number | null;
            name: string;
            /**
             * @default drawn
             * @enum {string}
             */
            order?: "drawn" | "given" | "by_id";
            /** @default [] */
            people?: number[];
            /** @default null */
            person_cap?: number | null;
            /**
             * @default to_others
             * @enum {string}
             */
            skip_policy?: "to_others" | "back_to_me" | "out";
            /** @default 1 */
            wanted?: number;
            what: components["schemas"]["BatchWhat"];
        };
        /**
         * BatchDetail
         * @description One batch; people, held and skipped pieces are shown to leads only.
         */
        BatchDetail: {
            batch: components["schemas"]["BatchRow"];
            held: components["schemas"]["HeldRow"][];
            invited: string[];
            out: number;
            people: components["schemas"]["BatchPersonRow"][];
            skipped: components["schemas"]["SkippedRow"][];
        };
        /** BatchList */
        BatchList: {
            after: string | null;
            results: components["schemas"]["BatchRow"][];
        };
        /** BatchPersonRow */
        BatchPersonRow: {
            active_ms: number;
            held: number;
            last_at: string | null;
            name: string;
            sent_back: number;
            skipped: number;
            submitted: number;
            user_id: number;
        };
        /**
         * BatchPreview
         * @description What a batch would hold and take. `pace_ms` is the project's own, null before the first judged piece.
         */
        BatchPreview: {
            active_ms: number | null;
            asked: number;
            in_open_batch: number;
            judged: number;
            pace_ms: number | null;
            pictures_missing: number;
            pieces: number;
            places: number;
            samples: number;
            unknown: string[];
            unknown_count: number;
        };
        /** BatchPreviewRequest */
        BatchPreviewRequest: {
            /** @default 1 */
            wanted?: number;
            what: components["schemas"]["BatchWhat"];
        };
        /**
         * BatchRow
         * @description A batch with its progress. `accepted` of `places` are filled; `mine` are the caller's own.
         */
        BatchRow: {
            accepted: number;
            active_ms: number;
            closed_at: string | null;
            created_at: string;
            guideline_version: number;
            /** Format: uuid */
            id: string;
            kind: string;
            kind_label: string;
            maximum: number;
            may_work: boolean;
            mine: number;
            name: string;
            number: number;
            /** @enum {string} */
            order: "drawn" | "given" | "by_id";
            people: number[];
            people_count: number;
            person_cap: number | null;
            pieces: number;
            places: number;
            /** @enum {string} */
            skip_policy: "to_others" | "back_to_me" | "out";
            skipped: number;
            /** @enum {string} */
            state: "open" | "paused" | "closed";
            wanted: number;
        };
        /**
         * BatchWhat
         * @description Which samples: those named (external ids, or questions as `s-17/physical_shadow`), or all of the project.
         */
        BatchWhat: {
            /** @default false */
            everything?: boolean;
            /** @default null */
            most?: number | null;
            /** @default false */
            only_not_in_batch?: boolean;
            /** @default false */
            only_not_judged?: boolean;
            /** @default [] */
            questions?: string[];
            /** @default [] */
            samples?: string[];
        };
        /** BeatReply */
        BeatReply: {
            active_ms: number;
            lease_until: string;
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
         * ClaimedAssignment
         * @description One piece to judge. `letters[i]` is the slot shown under letter A + i; `sent_back` says why it came back.
         */
        ClaimedAssignment: {
            active_ms: number;
            aspects: string[];
            assignment_id: number;
            draft: components["schemas"]["ClaimedDraft"] | null;
            fence: number;
            lease_until: string;
            letters: string;
            pictures: components["schemas"]["ClaimedPicture"][];
            sample: components["schemas"]["ClaimedSample"];
            sent_back: string;
            subject_id: number | null;
        };
        /** ClaimedDraft */
        ClaimedDraft: {
            body: {
                [key: string]: unknown;
            };
            saved_at: string;
            version: number;
        };
        /**
         * ClaimedPicture
         * @description `O` is the original. `url` takes `?fit=320`, `768` or `full`.
         */
        ClaimedPicture: {
            height: number;
            sha256: string;
            slot: string;
            url: string;
            width: number;
        };
        /** ClaimedSample */
        ClaimedSample: {
            external_id: string;
            id: number;
        };
        /**
         * ClaimProgress
         * @description Own turns and time, and how many of the batch's places are filled.
         */
        ClaimProgress: {
            accepted: number;
            active_ms: number;
            places: number;
            submitted: number;
        };
        /**
         * ClaimReply
         * @description New pieces first to last in working order; `held` confirms known ones (what is missing there is lost).
         *
         *         `nothing_left`: no piece is open to the caller. `retry_after_ms`: others have the last ones locked; ask again.
         */
        ClaimReply: {
            assignments: components["schemas"]["ClaimedAssignment"][];
            batch: components["schemas"]["ClaimProgress"];
            held: components["schemas"]["HeldAssignment"][];
            nothing_left: boolean;
            retry_after_ms: number | null;
        };
        /**
         * ClaimRequest
         * @description Fill up to `count` held pieces. `known`: assignments the page already has; they are only confirmed.
         */
        ClaimRequest: {
            /** @default 4 */
            count?: number;
            /** @default [] */
            known?: number[];
        };
        /** DecisionList */
        DecisionList: {
            results: components["schemas"]["DecisionRow"][];
        };
        /**
         * DecisionRow
         * @description One of the caller's own opinions; `revisable` while nothing was built on it.
         */
        DecisionRow: {
            active_ms: number;
            annotation_id: number;
            assignment_id: number;
            /** Format: uuid */
            batch_id: string;
            cells: {
                [key: string]: {
                    [key: string]: "major" | "minor" | "none" | "unsure";
                };
            };
            letters: string;
            regions: components["schemas"]["Region"][];
            revisable: boolean;
            revision: number;
            sample: string;
            submitted_at: string;
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
        /** DifferingSamples */
        DifferingSamples: {
            results: string[];
        };
        /** DisputedQuestion */
        DisputedQuestion: {
            aspects: string[];
            sample: string;
        };
        /**
         * DisputeList
         * @description Disputed questions that nobody adjudicates yet, by sample.
         */
        DisputeList: {
            questions: number;
            results: components["schemas"]["DisputedQuestion"][];
            samples: number;
        };
        /** DraftReply */
        DraftReply: {
            version: number;
        };
        /**
         * DraftRequest
         * @description A version higher than the one stored; the body is the page's own.
         */
        DraftRequest: {
            body: {
                [key: string]: unknown;
            };
            version: number;
        };
        /** FencedRequest */
        FencedRequest: {
            fence: number;
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
        /**
         * HeartbeatRequest
         * @description `active_ms`: time since the last beat in which the tab was visible and somebody did something.
         */
        HeartbeatRequest: {
            /** @default 0 */
            active_ms?: number;
            fence: number;
        };
        /** HeldAssignment */
        HeldAssignment: {
            assignment_id: number;
            fence: number;
            lease_until: string;
        };
        /**
         * HeldRow
         * @description A piece that is out; a lead may take it back by its assignment.
         */
        HeldRow: {
            assignment_id: number;
            /** @enum {string} */
            lease: "peek" | "work";
            lease_until: string | null;
            name: string;
            sample: string;
            sent_back: boolean;
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
        /** LeaveReply */
        LeaveReply: {
            returned: number;
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
        /**
         * OpinionShown
         * @description An opinion without its name.
         */
        OpinionShown: {
            cells: {
                [key: string]: {
                    [key: string]: "major" | "minor" | "none" | "unsure";
                };
            };
            label: string;
            regions: components["schemas"]["Region"][];
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
        /**
         * QuestionStanding
         * @description A question's standing; `tied` and `unsure` are slots.
         */
        QuestionStanding: {
            agreement: number | null;
            answer: string[] | null;
            aspect: string;
            opinions: number;
            source: string;
            tied: string[];
            unsure: string[];
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
        /**
         * Region
         * @description A place on one candidate, in pixels of the stored raster. Exactly one of point, box and polygon is given.
         */
        Region: {
            aspect: string;
            /** @default null */
            box?: [
                number,
                number,
                number,
                number
            ] | null;
            /** @default  */
            id?: string;
            /** @default  */
            note?: string;
            /** @default null */
            point?: [
                number,
                number
            ] | null;
            /** @default null */
            polygon?: [
                number,
                number
            ][] | null;
            slot: string;
        };
        /** Retried */
        Retried: {
            samples: number;
        };
        /** ReviewBatchRequest */
        ReviewBatchRequest: {
            /** Format: uuid */
            batch_id: string;
            /** @default  */
            name?: string;
            /** @default 0.1 */
            share?: number;
        };
        /**
         * ReviewDetail
         * @description The opinion under review, without its author.
         */
        ReviewDetail: {
            active_ms: number;
            annotation_id: number;
            assignment_id: number;
            cells: {
                [key: string]: {
                    [key: string]: "major" | "minor" | "none" | "unsure";
                };
            };
            fence: number;
            regions: components["schemas"]["Region"][];
            revision: number;
            submitted_at: string;
        };
        /** ReviewReply */
        ReviewReply: {
            annotation_id: number;
            reviewed_at: string;
            /** @enum {string} */
            verdict: "accepted" | "sent_back";
        };
        /** ReviewRequest */
        ReviewRequest: {
            /** @default 0 */
            active_ms?: number;
            fence: number;
            /** @default  */
            reason?: string;
            /** @enum {string} */
            verdict: "accepted" | "sent_back";
        };
        /** ReviseRequest */
        ReviseRequest: {
            cells: {
                [key: string]: {
                    [key: string]: "major" | "minor" | "none" | "unsure";
                };
            };
            /** @default [] */
            regions?: components["schemas"]["Region"][];
        };
        /**
         * RulingRequest
         * @description The ruled cells; what is left out keeps what the opinions agree on.
         */
        RulingRequest: {
            /** @default 0 */
            active_ms?: number;
            cells: {
                [key: string]: {
                    [key: string]: "major" | "minor" | "none" | "unsure";
                };
            };
            fence: number;
            reason: string;
            /** @default [] */
            regions?: components["schemas"]["Region"][];
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
        /** SkippedRow */
        SkippedRow: {
            is_out: boolean;
            name: string;
            note: string;
            reason: string;
            sample: string;
        };
        /** SkipRequest */
        SkipRequest: {
            fence: number;
            /** @default  */
            note?: string;
            /** @enum {string} */
            reason: "broken_picture" | "unclear_guideline" | "not_my_field" | "inappropriate" | "other";
        };
        /**
         * SubmitRequest
         * @description The whole judgement. Sent with an Idempotency-Key; resending it is harmless.
         */
        SubmitRequest: {
            /** @default 0 */
            active_ms?: number;
            cells: {
                [key: string]: {
                    [key: string]: "major" | "minor" | "none" | "unsure";
                };
            };
            fence: number;
            /** @default [] */
            regions?: components["schemas"]["Region"][];
        };
        /**
         * SubmittedReply
         * @description What a submit answers, now and whenever it is repeated with the same key.
         */
        SubmittedReply: {
            active_ms: number;
            annotation_id: number;
            assignment_id: number;
            revision: number;
            submitted_at: string;
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
    adjudicationsGet: {
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
                    "application/json": components["schemas"]["DisputeList"];
                };
            };
        };
    };
    adjudicationsPost: {
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
                "application/json": components["schemas"]["AdjudicationBatchRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchRow"];
                };
            };
        };
    };
    adjudicationGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: number;
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
                    "application/json": components["schemas"]["AdjudicationDetail"];
                };
            };
        };
    };
    adjudicationPost: {
        parameters: {
            query?: never;
            header: {
                /** @description New for each judgement. */
                "Idempotency-Key": string;
            };
            path: {
                assignment_id: number;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulingRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmittedReply"];
                };
            };
        };
    };
    agreementGet: {
        parameters: {
            query?: {
                batch?: string;
                by?: "defect" | "severity";
            };
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
                    "application/json": components["schemas"]["AgreementReply"];
                };
            };
        };
    };
    differingSamplesGet: {
        parameters: {
            query: {
                aspect: string;
                slot?: string;
            };
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
                    "application/json": components["schemas"]["DifferingSamples"];
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
    draftPut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: number;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftReply"];
                };
            };
        };
    };
    heartbeatPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: number;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HeartbeatRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BeatReply"];
                };
            };
        };
    };
    reclaimPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: number;
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
    returnPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: number;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FencedRequest"];
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
    skipPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: number;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SkipRequest"];
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
    submitPost: {
        parameters: {
            query?: never;
            header: {
                /** @description New for each judgement. */
                "Idempotency-Key": string;
            };
            path: {
                assignment_id: number;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubmitRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmittedReply"];
                };
            };
        };
    };
    batchesGet: {
        parameters: {
            query?: {
                /** @description The last page's `after`. */
                after?: string;
                kind?: string;
                /** @description 1 to 200. */
                limit?: number;
                state?: "closed" | "open" | "paused";
            };
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
                    "application/json": components["schemas"]["BatchList"];
                };
            };
        };
    };
    batchesPost: {
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
                "application/json": components["schemas"]["BatchCreateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchRow"];
                };
            };
        };
    };
    batchGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
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
                    "application/json": components["schemas"]["BatchDetail"];
                };
            };
        };
    };
    batchPatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BatchChangeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchDetail"];
                };
            };
        };
    };
    claimPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ClaimRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimReply"];
                };
            };
        };
    };
    leavePost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
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
                    "application/json": components["schemas"]["LeaveReply"];
                };
            };
        };
    };
    batchPreviewPost: {
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
                "application/json": components["schemas"]["BatchPreviewRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchPreview"];
                };
            };
        };
    };
    decisionsGet: {
        parameters: {
            query?: {
                batch?: string;
            };
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
                    "application/json": components["schemas"]["DecisionList"];
                };
            };
        };
    };
    revisePost: {
        parameters: {
            query?: never;
            header: {
                /** @description New for each judgement. */
                "Idempotency-Key": string;
            };
            path: {
                annotation_id: number;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviseRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmittedReply"];
                };
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
    reviewsPost: {
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
                "application/json": components["schemas"]["ReviewBatchRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchRow"];
                };
            };
        };
    };
    reviewGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: number;
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
                    "application/json": components["schemas"]["ReviewDetail"];
                };
            };
        };
    };
    reviewPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: number;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewReply"];
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
