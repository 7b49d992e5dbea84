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
    "/api/v1/projects/{slug}/agreement/consensus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description By the plain vote, or by Dawid–Skene. */
        get: operations["consensusPolicyGet"];
        /** @description By the plain vote, or by Dawid–Skene. */
        put: operations["consensusPolicyPut"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/agreement/pairs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Every two people, under one aspect or all. */
        get: operations["pairsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/agreement/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What each person did, and what looks unusual: evidence for a talk, never a verdict. */
        get: operations["peopleAtWorkGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/agreement/people/{user_id}/second-opinions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What one person alone has said, and a batch in which others say it again. */
        get: operations["secondOpinionsGet"];
        put?: never;
        /** @description What one person alone has said, and a batch in which others say it again. */
        post: operations["secondOpinionsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/agreement/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Make the figures again now, whatever changed. */
        post: operations["refreshPost"];
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
        /**
         * @description The samples behind a figure.
         *
         *     On which opinions differ (`aspect`, `slot`); on which two people differ (`pair=12,34`); where one person's answer is
         *     not the consensus (`person`); where Dawid–Skene answers otherwise than the vote (`model=true`).
         */
        get: operations["behindGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/agreement/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description From what size on a signal is worth a look; it also has to be unlikely by chance. */
        get: operations["signalSizesGet"];
        /** @description From what size on a signal is worth a look; it also has to be unlikely by chance. */
        put: operations["signalSizesPut"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/answers/recount": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description How far answers have followed the newest rule; ranges that failed can be asked for again. */
        get: operations["recountGet"];
        put?: never;
        /** @description How far answers have followed the newest rule; ranges that failed can be asked for again. */
        post: operations["recountPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/appeals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Appeals that wait for a lead; `all=true` for decided ones too. */
        get: operations["appealsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/appeals/{appeal_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Uphold or decline; upheld, the question leaves everybody's figures. */
        post: operations["appealDecisionPost"];
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
        /** @description The project's aspects and its answer rule; a lead adds an aspect or puts them in another order. */
        get: operations["aspectsGet"];
        /** @description The project's aspects and its answer rule; a lead adds an aspect or puts them in another order. */
        put: operations["aspectsPut"];
        /** @description The project's aspects and its answer rule; a lead adds an aspect or puts them in another order. */
        post: operations["aspectsPost"];
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
        /** @description One aspect's words and severities; DELETE retires it and loses nothing. */
        delete: operations["aspectDelete"];
        options?: never;
        head?: never;
        /** @description One aspect's words and severities; DELETE retires it and loses nothing. */
        patch: operations["aspectPatch"];
        trace?: never;
    };
    "/api/v1/projects/{slug}/aspects/{key}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Ask about a retired aspect again. */
        post: operations["aspectRestorePost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/assignments/{assignment_id}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description The caller says that the expected answer of their own practice piece is wrong. */
        post: operations["appealPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/api/v1/projects/{slug}/assignments/{assignment_id}/rationale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What an annotator needs to write or revise a rationale, and handing it in. */
        get: operations["assignmentRationaleGet"];
        put?: never;
        /** @description What an annotator needs to write or revise a rationale, and handing it in. */
        post: operations["assignmentRationalePost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/assignments/{assignment_id}/rationale/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description What the checks would say of a text that is still being written; nothing is stored. */
        post: operations["assignmentRationaleCheckPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/assignments/{assignment_id}/reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Handing in what a reader says of each sentence. What is read comes by the assignment's rationale route. */
        post: operations["assignmentReadingPost"];
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
    "/api/v1/projects/{slug}/assignments/{assignment_id}/sent-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What the caller's own turn was sent back for, with the places to look at. */
        get: operations["sentBackGet"];
        put?: never;
        post?: never;
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
    "/api/v1/projects/{slug}/audits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Audit lots; a lead draws one. */
        get: operations["lotsGet"];
        put?: never;
        /** @description Audit lots; a lead draws one. */
        post: operations["lotsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/audits/{lot_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One lot, and deciding it. */
        get: operations["lotGet"];
        put?: never;
        /** @description One lot, and deciding it. */
        post: operations["lotPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/audits/{lot_id}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The drawn sample, blind to the way. */
        get: operations["lotEntriesGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/audits/entries/{entry_id}/verdict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description One verdict more on one entry. */
        post: operations["verdictPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/batch-drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Drafts of the project's leads, the one saved last first. */
        get: operations["batchDraftsGet"];
        put?: never;
        /** @description Drafts of the project's leads, the one saved last first. */
        post: operations["batchDraftsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/batch-drafts/{draft_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One draft. */
        get: operations["batchDraftGet"];
        /** @description One draft. */
        put: operations["batchDraftPut"];
        post?: never;
        /** @description One draft. */
        delete: operations["batchDraftDelete"];
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
    "/api/v1/projects/{slug}/batches/{batch_id}/people/{user_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Let somebody go on who is paused by hidden gold, or whose practice is below the batch's floor. */
        post: operations["resumePersonPost"];
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
    "/api/v1/projects/{slug}/budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What was spent today and in all, under which caps; and setting those. */
        get: operations["budgetGet"];
        /** @description What was spent today and in all, under which caps; and setting those. */
        put: operations["budgetPut"];
        post?: never;
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
    "/api/v1/projects/{slug}/economics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Which way is cheapest at equal quality, and whether the books close. */
        get: operations["economicsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/economics/budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What people's work has cost this month, and what it may cost. */
        get: operations["peopleBudgetGet"];
        /** @description What people's work has cost this month, and what it may cost. */
        put: operations["peopleBudgetPut"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/economics/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description A rate of people's time, from a day on. */
        post: operations["ratesPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The project's endpoints. */
        get: operations["endpointsGet"];
        put?: never;
        /** @description The project's endpoints. */
        post: operations["endpointsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/endpoints/{endpoint_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One endpoint. */
        get: operations["endpointGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description One endpoint. */
        patch: operations["endpointPatch"];
        trace?: never;
    };
    "/api/v1/projects/{slug}/endpoints/{endpoint_id}/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description A further price. */
        post: operations["endpointPricesPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/endpoints/{endpoint_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Sends one tiny picture and tells what came back; half a minute at most. */
        post: operations["endpointTestPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/golds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The project's gold questions, and making more. */
        get: operations["goldsGet"];
        put?: never;
        /** @description The project's gold questions, and making more. */
        post: operations["goldsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/golds/{gold_id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Give one out no more. */
        post: operations["goldRetirePost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/golds/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description How much gold there is, and how many answers could become some. */
        get: operations["goldSummaryGet"];
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
    "/api/v1/projects/{slug}/guidelines/outdated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Questions judged under words that have changed since, and a batch of them. */
        get: operations["outdatedGet"];
        put?: never;
        /** @description Questions judged under words that have changed since, and a batch of them. */
        post: operations["outdatedPost"];
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
        /** @description Reasons against rows, page by page. */
        get: operations["importRefusalsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/imports/{import_id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Everything that was not taken as a file: one JSON object a line, rows first, then samples with a bad picture. */
        get: operations["importReportGet"];
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
    "/api/v1/projects/{slug}/mirror": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The caller's own figures beside the project's, and what came back to them. */
        get: operations["mirrorGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Where in the loop work is stuck. */
        get: operations["overviewGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/api/v1/projects/{slug}/prelabels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Keep opinions of models and tools; assisted batches show the newest of a sample. They are never counted.
         *
         *     Sending the same again changes nothing, so no idempotency key is needed.
         */
        post: operations["prelabelsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/prompt-versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What changed between two versions, and what each led to. */
        get: operations["promptVersionsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/prompts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The project's prompts in all versions. */
        get: operations["promptsGet"];
        put?: never;
        /** @description The project's prompts in all versions. */
        post: operations["promptsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/prompts/{prompt_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One version. */
        get: operations["promptGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/prompts/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Taking an offered default; what the project has stays as it is. */
        post: operations["promptOffersPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/prompts/offers/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description An offered default that nobody wants here is offered again only once its texts change. */
        post: operations["promptOfferDeclinePost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/prompts/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description What a model would see on a real question. */
        post: operations["promptPreviewPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationale-cascades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The project's cascades, newest first. */
        get: operations["cascadesGet"];
        put?: never;
        /** @description The project's cascades, newest first. */
        post: operations["cascadesPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationale-cascades/{cascade_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One cascade as it stands. */
        get: operations["cascadeGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationale-cascades/{cascade_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Ends a cascade for good; what was written stays. */
        post: operations["cascadeCancelPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationale-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The project's runs, newest first. */
        get: operations["rationaleRunsGet"];
        put?: never;
        /** @description The project's runs, newest first. */
        post: operations["rationaleRunsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationale-runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One run as it stands now. */
        get: operations["rationaleRunGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description One run as it stands now. */
        patch: operations["rationaleRunPatch"];
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationale-runs/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Ends the run for good; what was written stays. */
        post: operations["rationaleRunCancelPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationale-runs/{run_id}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Looking at a run's rationales by further calls, which are a run of their own. */
        post: operations["rationaleRunChecksPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationale-runs/{run_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Nothing more is sent until it is started again. */
        post: operations["rationaleRunPausePost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationale-runs/{run_id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Starts a planned run or lets a paused one go on. */
        post: operations["rationaleRunStartPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationale-runs/{run_id}/stop-waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Questions that wait for another run's replies are asked by this run; what is answered already is read on. */
        post: operations["rationaleRunStopWaitingPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationale-runs/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description A dry run: what the run would cost. Nothing is sent. */
        post: operations["rationaleRunEstimatePost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Rationales in their latest version, newest first. */
        get: operations["rationalesGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationales/{rationale_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One rationale with its checks. */
        get: operations["rationaleGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationales/{rationale_id}/revise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description A revision outside any batch: a further version, the earlier one stays. */
        post: operations["rationaleRevisePost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationales/reading-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Makes a batch in which people read what passed, sentence by sentence. */
        post: operations["readingBatchPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationales/revising-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Makes a batch in which people revise what failed a check. */
        post: operations["revisingBatchPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationales/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Counts and costs by way. */
        get: operations["rationaleSummaryGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rationales/writing-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Makes a batch in which people write rationales. */
        post: operations["writingBatchPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Releases, newest first; a lead cuts one. */
        get: operations["releasesGet"];
        put?: never;
        /** @description Releases, newest first; a lead cuts one. */
        post: operations["releasesPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/releases/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One release by its name. */
        get: operations["releaseGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/releases/{name}/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The data card of a release. */
        get: operations["releaseCardGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/releases/{name}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What changed since another release; the one cut before, unless said. */
        get: operations["releaseChangesGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/releases/{name}/changes/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The questions of one kind of change, by name. */
        get: operations["changedRowsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/releases/{name}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Reading every byte again. */
        post: operations["releaseVerifyPost"];
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
        /** @description One opinion under review, held by the caller: accept it, accept it corrected, or send it back. */
        get: operations["reviewGet"];
        put?: never;
        /** @description One opinion under review, held by the caller: accept it, accept it corrected, or send it back. */
        post: operations["reviewPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/rule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description The answer rule's next version; answers are voted on again in the background. */
        put: operations["rulePut"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One page of matching samples, by key. Not for annotators: it shows answers, and with them what is gold. */
        get: operations["samplesGet"];
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
    "/api/v1/projects/{slug}/samples/by-id/{external_id}/life": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Everything that happened to a sample. */
        get: operations["sampleLifeGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/samples/facets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description How many match, and what every other choice would give. Not for annotators: the counts give answers away. */
        get: operations["facetsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/samples/match": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Every matching sample by its external id, to make a batch or a run of them. */
        post: operations["matchPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/sent-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What was sent back and is not settled yet; `all=true` for everything. */
        get: operations["sentBackListGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/settings/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Who changed rule and aspects when, and what they were before. */
        get: operations["settingsHistoryGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/slices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Saved filters. */
        get: operations["slicesGet"];
        put?: never;
        /** @description Saved filters. */
        post: operations["slicesPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/slices/{slice_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description One saved filter. */
        delete: operations["sliceDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Members under one name, to be chosen together. */
        get: operations["teamsGet"];
        put?: never;
        /** @description Members under one name, to be chosen together. */
        post: operations["teamsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/teams/{team_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description One team. */
        put: operations["teamPut"];
        post?: never;
        /** @description One team. */
        delete: operations["teamDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/training/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Exports of a release, and asking for one. */
        get: operations["exportsGet"];
        put?: never;
        /** @description Exports of a release, and asking for one. */
        post: operations["exportsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/training/exports/{export_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The archive of a finished export. */
        get: operations["exportFileGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/training/leaderboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Everybody on the test split of one release. */
        get: operations["leaderboardGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/training/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What a run can be started with. */
        get: operations["trainingOptionsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/training/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Runs, newest first, and starting one. */
        get: operations["trainingRunsGet"];
        put?: never;
        /** @description Runs, newest first, and starting one. */
        post: operations["trainingRunsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/training/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One run. */
        get: operations["trainingRunGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/training/runs/{run_id}/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Giving questions back to people. */
        post: operations["returnBatchesPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/training/runs/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Stopping a run. */
        post: operations["trainingRunCancelPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/training/runs/{run_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What a run has told, for its curves; ask again with `after` for what is new. */
        get: operations["trainingRunEventsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/training/runs/{run_id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The end of the process's output, for when something failed. */
        get: operations["trainingRunLogGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/training/runs/{run_id}/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Suspect, then blocked, then hard questions with their evidence; by `order=loss` the highest losses. */
        get: operations["doubtsGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/training/runs/{run_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Going on with a cancelled or failed run. */
        post: operations["trainingRunResumePost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/trials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The project's trials; a lead starts one. */
        get: operations["trialsGet"];
        put?: never;
        /** @description The project's trials; a lead starts one. */
        post: operations["trialsPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/trials/{trial_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One trial. */
        get: operations["trialGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/trials/{trial_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Ends a trial without a decision. */
        post: operations["trialCancelPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/trials/{trial_id}/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description The next step: a lot for the next look, or counting the one that is judged. */
        post: operations["trialLookPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{slug}/trials/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What a trial of this size could show; nothing is stored. */
        get: operations["trialPlanGet"];
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
    "/api/v1/session/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description One's own keys, the same in every browser. */
        put: operations["keysPut"];
        post?: never;
        delete?: never;
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
    "/api/v1/session/phrases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description One's own phrases, the same in every browser. */
        put: operations["phrasesPut"];
        post?: never;
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
         *
         *         `precedents`: by aspect, how often each severity was ruled before on a cell whose opinions differed.
         */
        AdjudicationDetail: {
            assignment_id: number;
            fence: number;
            opinions: components["schemas"]["OpinionShown"][];
            precedents: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            questions: components["schemas"]["QuestionStanding"][];
        };
        /**
         * AgreementFigures
         * @description Of one scope: samples with two or more opinions.
         */
        AgreementFigures: {
            aspects: components["schemas"]["AspectFigures"][];
            opinions: number;
            samples: number;
            weeks: components["schemas"]["WeekFigure"][];
        };
        /**
         * AgreementReply
         * @description `figures` is null while nobody has worked in this scope, or none are made yet.
         */
        AgreementReply: {
            figures: components["schemas"]["AgreementFigures"] | null;
            standing: components["schemas"]["Standing"];
        };
        /**
         * AlphaFigure
         * @description Krippendorff's alpha with its 95 % interval over samples, or why it is undefined.
         *
         *         `units` have two or more opinions each; `pairs_agreeing` is the plain share of pairs that say the same.
         *         `nothing_varies`: all `opinions` say `only` (`defect`, `no_defect`, a severity or a set), and alpha is 0 ÷ 0.
         */
        AlphaFigure: {
            alpha: number | null;
            high: number | null;
            low: number | null;
            only: string;
            opinions: number;
            pairs_agreeing: number | null;
            units: number;
            /** @enum {unknown} */
            why_undefined: "" | "no_pairs" | "nothing_varies";
        };
        /**
         * AnsweredSet
         * @description One set of slots that the model gave, and how often; null: an answer that could not be read.
         */
        AnsweredSet: {
            count: number;
            picked: string[] | null;
        };
        /**
         * AppealDecisionRequest
         * @description `correct`: what was upheld comes back as gold with what the person said in its checked cells.
         */
        AppealDecisionRequest: {
            /** @default false */
            correct?: boolean;
            /** @default  */
            reply?: string;
            uphold: boolean;
        };
        /** AppealList */
        AppealList: {
            results: components["schemas"]["AppealRow"][];
        };
        /** AppealReply */
        AppealReply: {
            id: number;
            /** @enum {string} */
            state: "open" | "upheld" | "declined";
        };
        /** AppealRequest */
        AppealRequest: {
            reason: string;
        };
        /**
         * AppealRow
         * @description An appeal in the letters that its author saw; `letters`: the slots behind them, in order.
         */
        AppealRow: {
            appealed_at: string;
            decided_at: string | null;
            id: number;
            letters: string;
            person: string;
            reason: string;
            reply: string;
            sample: string;
            /** @enum {string} */
            state: "open" | "upheld" | "declined";
            wrong: components["schemas"]["WrongCellRow"][];
        };
        /**
         * Arm
         * @description One way in a trial and what works it off: a run, or a writing batch where people write.
         */
        Arm: {
            /** @default null */
            batch_id?: string | null;
            label: string;
            /** @default null */
            run_id?: string | null;
            /** @default false */
            sandbox?: boolean;
            stage: string;
            way: string;
        };
        /**
         * ArmBody
         * @description A way to try: a prompt on an endpoint under a cap in US dollars, or, without them, people who write.
         */
        ArmBody: {
            /**
             * Format: decimal
             * @default 0
             */
            cap?: string;
            /** @default null */
            endpoint_id?: string | null;
            label: string;
            /** @default null */
            prompt_id?: string | null;
        };
        /**
         * ArmResult
         * @description An arm at one look. Every question counts: one without a sound rationale was not accepted. US dollars.
         *
         *         `least` is the smallest difference to the reference that the look does not exclude; the reference's own is None, as
         *         are `z` and `not_worse`. `boundary` is None where this look may not conclude.
         */
        ArmResult: {
            accepted: number;
            /** @default null */
            boundary?: number | null;
            delivered: number;
            /** @default null */
            difference?: number | null;
            /** @default null */
            least?: number | null;
            /** @default null */
            not_worse?: boolean | null;
            per_accepted: string | null;
            per_accepted_high: string | null;
            per_accepted_low: string | null;
            questions: number;
            rate: number;
            rate_high: number;
            rate_low: number;
            /** Format: decimal */
            usd: string;
            /** @default null */
            z?: number | null;
        };
        /**
         * AspectAddRequest
         * @description A further aspect; `text` joins the guideline as its next version.
         * @example {
         *       "description": {
         *         "en": "The light has the wrong colour.",
         *         "zh": "光线颜色不对。"
         *       },
         *       "key": "colour_cast",
         *       "names": {
         *         "en": "Colour cast",
         *         "zh": "偏色"
         *       },
         *       "severities": [
         *         "none",
         *         "minor",
         *         "major",
         *         "unsure"
         *       ],
         *       "text": {
         *         "question": {
         *           "en": "Which candidates have a colour cast?",
         *           "zh": "哪些候选图偏色?"
         *         },
         *         "text": {
         *           "en": "Compare whites and greys with the original.",
         *           "zh": "将白色与灰色和原图对比。"
         *         }
         *       }
         *     }
         */
        AspectAddRequest: {
            description: components["schemas"]["Names"];
            key: string;
            names: components["schemas"]["Names"];
            /**
             * @default [
             *       "none",
             *       "minor",
             *       "major",
             *       "unsure"
             *     ]
             */
            severities?: string[];
            text: components["schemas"]["GuidelineText"];
        };
        /**
         * AspectChangeRequest
         * @description Words and verdicts of an aspect. `severities` null: as they are.
         * @example {
         *       "description": {
         *         "en": "The cast shadow contradicts the light.",
         *         "zh": "投影与光线相矛盾。"
         *       },
         *       "names": {
         *         "en": "Physical shadow",
         *         "zh": "物理阴影"
         *       },
         *       "severities": [
         *         "none",
         *         "minor",
         *         "major",
         *         "unsure"
         *       ]
         *     }
         */
        AspectChangeRequest: {
            description: components["schemas"]["Names"];
            names: components["schemas"]["Names"];
            /** @default null */
            severities?: string[] | null;
        };
        /**
         * AspectCount
         * @description One aspect: questions, and those with a defect, by split; `agreement` is the mean over its questions.
         */
        AspectCount: {
            agreement: number | null;
            aspect: string;
            questions: {
                [key: string]: number;
            };
            with_defect: {
                [key: string]: number;
            };
        };
        /**
         * AspectFigures
         * @description One aspect over all candidates.
         *
         *         `defect`: nominal over cells under the rule; `severity`: ordinal over cells; `answer`: MASI over whole answers.
         */
        AspectFigures: {
            answer: components["schemas"]["AlphaFigure"];
            aspect: string;
            cells: components["schemas"]["CellFigures"][];
            defect: components["schemas"]["AlphaFigure"];
            difference: components["schemas"]["Difference"] | null;
            differing: number;
            overlap: components["schemas"]["OverlapFigure"];
            samples: number;
            severity: components["schemas"]["AlphaFigure"];
        };
        /**
         * AspectList
         * @description What is judged, and the answer rule. `retired` aspects are judged no more.
         */
        AspectList: {
            results: components["schemas"]["AspectRow"][];
            retired: components["schemas"]["AspectRow"][];
            rule_version: number;
            threshold: string;
        };
        /**
         * AspectOrderRequest
         * @description Every aspect of the project, once, in the order of the matrix.
         * @example {
         *       "keys": [
         *         "physical_shadow",
         *         "placement_layout",
         *         "appearance_deformation",
         *         "extension_rationality"
         *       ]
         *     }
         */
        AspectOrderRequest: {
            keys: string[];
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
            retired_at: string | null;
            revision: number;
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
         * AwaitedRow
         * @description A run that has on its way what `count` questions here would ask; they wait for its replies.
         *
         *         `sent_at`: when the earliest of those calls went out, in a batch if `batched`.
         */
        AwaitedRow: {
            batched: boolean;
            count: number;
            number: number;
            /** Format: uuid */
            run_id: string;
            sent_at: string;
        };
        /**
         * BatchChangeRequest
         * @description Each only when given.
         * @example {
         *       "state": "paused"
         *     }
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
            /** @default {} */
            terms?: components["schemas"]["TermChanges"];
            /** @default null */
            wanted?: number | null;
        };
        /**
         * BatchCreateRequest
         * @description `draft`: the draft it was written as; it is gone when the batch is made. `guideline`: the newest unless named.
         *
         *         Of the samples an adjudication batch takes only the disputed questions, and one ruling each.
         * @example {
         *       "kind": "label",
         *       "maximum": 3,
         *       "name": "First look",
         *       "wanted": 2,
         *       "what": {
         *         "samples": [
         *           "s-17",
         *           "s-18"
         *         ]
         *       }
         *     }
         */
        BatchCreateRequest: {
            /** @default null */
            draft?: string | null;
            /** @default null */
            guideline?: number | null;
            /**
             * @default label
             * @enum {string}
             */
            kind?: "label" | "adjudicate";
            /** @default null */
            maximum?: number | null;
            name: string;
            /**
             * @default drawn
             * @enum {string}
             */
            order?: "drawn" | "hardest" | "given" | "by_id";
            /** @default [] */
            people?: number[];
            /**
             * @default to_others
             * @enum {string}
             */
            skip_policy?: "to_others" | "back_to_me" | "out";
            /**
             * @default {
             *       "after_due": "go_on",
             *       "agreement_floor": null,
             *       "assist": "blind",
             *       "budget_usd": null,
             *       "day_cap": null,
             *       "due_at": null,
             *       "extra_share": 0,
             *       "extra_wanted": 0,
             *       "gold_floor": null,
             *       "gold_share": 0,
             *       "gold_window": 10,
             *       "person_cap": null,
             *       "shuffled": true,
             *       "training_count": 0,
             *       "training_floor": null
             *     }
             */
            terms?: components["schemas"]["Terms"];
            /** @default 1 */
            wanted?: number;
            what: components["schemas"]["BatchWhat"];
        };
        /**
         * BatchDetail
         * @description One batch; terms, money, people, held and skipped pieces are shown to leads only, and what gold it has.
         */
        BatchDetail: {
            batch: components["schemas"]["BatchRow"];
            gold_stock: components["schemas"]["GoldStock"] | null;
            held: components["schemas"]["HeldRow"][];
            invited: string[];
            money: components["schemas"]["BatchMoney"] | null;
            out: number;
            people: components["schemas"]["BatchPersonRow"][];
            skipped: components["schemas"]["SkippedRow"][];
            terms: components["schemas"]["Terms"] | null;
        };
        /**
         * BatchDraftDetail
         * @description With what the page kept in it.
         */
        BatchDraftDetail: {
            body: {
                [key: string]: unknown;
            };
            draft: components["schemas"]["BatchDraftRow"];
        };
        /** BatchDraftList */
        BatchDraftList: {
            results: components["schemas"]["BatchDraftRow"][];
        };
        /**
         * BatchDraftRequest
         * @description A batch in the making. The body is the page's own; `version` is the one it was loaded with.
         * @example {
         *       "body": {
         *         "wanted": 2
         *       },
         *       "name": "Reflecting floors, rest",
         *       "version": 1
         *     }
         */
        BatchDraftRequest: {
            body: {
                [key: string]: unknown;
            };
            /** @default  */
            name?: string;
            /** @default 0 */
            version?: number;
        };
        /**
         * BatchDraftRow
         * @description A batch that is not started yet.
         */
        BatchDraftRow: {
            /** Format: uuid */
            id: string;
            name: string;
            saved_at: string;
            saved_by: string;
            version: number;
        };
        /** BatchList */
        BatchList: {
            after: string | null;
            results: components["schemas"]["BatchRow"][];
        };
        /**
         * BatchMoney
         * @description All of a batch's active time at today's rate, in US dollars. `expected_usd`: for all its places at this pace.
         */
        BatchMoney: {
            budget_usd: string | null;
            expected_usd: string | null;
            /** Format: decimal */
            hourly_usd: string;
            rate_since: string | null;
            /** Format: decimal */
            spent_usd: string;
        };
        /**
         * BatchOption
         * @description What this number of opinions would take instead. Expected further opinions are in it.
         *
         *         `to_adjudicate`: pieces expected to stay tied; null where that was never seen, and for one opinion. `wrong`: share
         *         of hidden gold questions that the vote of so many people answers wrongly, ± `wrong_margin` (95 %), over
         *         `wrong_questions` that enough people judged.
         */
        BatchOption: {
            active_ms: number;
            maximum: number;
            to_adjudicate: number | null;
            turns: number;
            /** Format: decimal */
            usd: string;
            wanted: number;
            wrong: number | null;
            wrong_margin: number | null;
            wrong_questions: number;
        };
        /**
         * BatchPersonRow
         * @description One person's part. `practice_below`: aspects on which their practice lies below the batch's floor.
         *
         *         `paused_why` null: they may go on. `paused_for` may be null beside it, where no aspect can be told.
         */
        BatchPersonRow: {
            active_ms: number;
            gold: components["schemas"]["GoldScore"][];
            held: number;
            last_at: string | null;
            name: string;
            paused_at: string | null;
            paused_for: string | null;
            paused_why: ("gold" | "practice") | null;
            practice_below: string[];
            practised: number;
            sent_back: number;
            skipped: number;
            submitted: number;
            user_id: number;
        };
        /**
         * BatchPreview
         * @description What a batch would hold and take.
         *
         *         `turns` = `places` (wanted and extra share) + `further` (expected where opinions differ) + `gold`; `most_turns` if
         *         every piece needed the most. `pace_ms` is the mean active time of the newest opinions of this project with its 95 %
         *         interval, null before the first; `rate_since`: from when on the rate holds, null where nobody entered one;
         *         `per_day_ms` what people gave a day over the last week, to all its work.
         *         `not_disputed`: samples without a question to rule on, where rulings are asked for.
         *         `month`: what the month's budget leaves; null where no lead has set one.
         *         `known_difficulty`: of how many pieces it is known how hard they are; null unless the hardest come first.
         */
        BatchPreview: {
            active_ms: number | null;
            asked: number;
            further: number;
            gold: number;
            gold_stock: components["schemas"]["GoldStock"];
            /** Format: decimal */
            hourly_usd: string;
            in_open_batch: number;
            judged: number;
            known_difficulty: number | null;
            month: components["schemas"]["MonthLeft"] | null;
            most_turns: number;
            not_disputed: number;
            options: components["schemas"]["BatchOption"][];
            pace_high_ms: number | null;
            pace_low_ms: number | null;
            pace_ms: number | null;
            pace_opinions: number;
            people: number;
            per_day_ms: number;
            pictures_missing: number;
            pieces: number;
            places: number;
            rate_since: string | null;
            samples: number;
            turns: number;
            unknown: string[];
            unknown_count: number;
            usd: string | null;
        };
        /**
         * BatchPreviewRequest
         * @example {
         *       "wanted": 2,
         *       "what": {
         *         "everything": true,
         *         "only_not_judged": true
         *       }
         *     }
         */
        BatchPreviewRequest: {
            /**
             * @default label
             * @enum {string}
             */
            kind?: "label" | "adjudicate";
            /** @default null */
            maximum?: number | null;
            /**
             * @default drawn
             * @enum {string}
             */
            order?: "drawn" | "hardest" | "given" | "by_id";
            /**
             * @default {
             *       "after_due": "go_on",
             *       "agreement_floor": null,
             *       "assist": "blind",
             *       "budget_usd": null,
             *       "day_cap": null,
             *       "due_at": null,
             *       "extra_share": 0,
             *       "extra_wanted": 0,
             *       "gold_floor": null,
             *       "gold_share": 0,
             *       "gold_window": 10,
             *       "person_cap": null,
             *       "shuffled": true,
             *       "training_count": 0,
             *       "training_floor": null
             *     }
             */
            terms?: components["schemas"]["Terms"];
            /** @default 1 */
            wanted?: number;
            what: components["schemas"]["BatchWhat"];
        };
        /**
         * BatchRow
         * @description A batch with its progress. `accepted` of `places` are filled; `mine` are the caller's own turns.
         *
         *         To those who cannot tell gold apart both are turns: else progress would stand still at each gold question.
         *         Practice is counted in none of them. `idle_ms`: without a sign from the person for so long, active time stops.
         *         `paused_why`: whether hidden gold or practice keeps the caller from going on, null while they may; `paused_for`: on
         *         which aspect, null where that cannot be told.
         */
        BatchRow: {
            accepted: number;
            active_ms: number;
            /** @enum {string} */
            after_due: "go_on" | "pause";
            /** @enum {string} */
            assist: "blind" | "after_commit" | "from_start";
            closed_at: string | null;
            created_at: string;
            day_cap: number | null;
            due_at: string | null;
            guideline_version: number;
            /** Format: uuid */
            id: string;
            idle_ms: number;
            kind: string;
            kind_label: string;
            maximum: number;
            may_work: boolean;
            mine: number;
            name: string;
            number: number;
            /** @enum {string} */
            order: "drawn" | "hardest" | "given" | "by_id";
            paused_for: string | null;
            paused_why: ("gold" | "practice") | null;
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
            training_count: number;
            training_floor: number | null;
            wanted: number;
        };
        /**
         * BatchWhat
         * @description Which samples: those named (external ids, or questions as `s-17/physical_shadow`), another batch's (all its
         *         pieces again, or only those that lack an opinion), or all of the project.
         */
        BatchWhat: {
            /** @default null */
            batch?: string | null;
            /** @default false */
            everything?: boolean;
            /** @default null */
            most?: number | null;
            /** @default false */
            only_not_in_batch?: boolean;
            /** @default false */
            only_not_judged?: boolean;
            /** @default false */
            only_unfinished?: boolean;
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
        /**
         * BehindReply
         * @description The newest samples behind a figure, and how many there are in all.
         */
        BehindReply: {
            results: string[];
            total: number;
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
         * BudgetRequest
         * @description Both caps of a project, in US dollars; null: none.
         */
        BudgetRequest: {
            daily_cap: string | null;
            total_cap: string | null;
        };
        /**
         * BudgetRow
         * @description A project's money. `day` is today in UTC; a call counts on the day on which its intent was written.
         *
         *         Play money is that of sandbox endpoints: counted apart, under the same caps.
         */
        BudgetRow: {
            daily_cap: string | null;
            /** Format: date */
            day: string;
            in_all: components["schemas"]["UsedRow"];
            play_in_all: components["schemas"]["UsedRow"];
            play_today: components["schemas"]["UsedRow"];
            today: components["schemas"]["UsedRow"];
            total_cap: string | null;
        };
        /**
         * By
         * @description What costs are grouped by. `way` tells the stages of the answer-driven way apart.
         * @enum {unknown}
         */
        By: "aspect" | "model" | "prompt" | "way";
        /**
         * CallBatchRow
         * @description Calls that went to the endpoint in one file. `provider_done` and `provider_failed`: as the endpoint counts.
         */
        CallBatchRow: {
            call_count: number;
            ended_at: string | null;
            /** @enum {string} */
            phase: "forming" | "submitting" | "submitted" | "collecting" | "collected" | "dissolved";
            provider_done: number;
            provider_failed: number;
            provider_status: string;
            submitted_at: string | null;
        };
        /**
         * CallRow
         * @description One request behind a rationale.
         */
        CallRow: {
            completion_tokens: number | null;
            /** Format: decimal */
            cost: string;
            id: number;
            latency_ms: number | null;
            model: string;
            /** @enum {string} */
            outcome: "" | "answered" | "rate_limited" | "overloaded" | "unreachable" | "server_error" | "timed_out" | "dropped" | "worker_lost" | "oversized" | "unreadable" | "key_refused" | "request_refused" | "redirected" | "quota" | "refused" | "filtered" | "truncated" | "blanks" | "empty" | "malformed" | "model_changed" | "no_pictures" | "no_answer" | "disagreed" | "attempts_spent" | "left_over" | "missing";
            price_basis: string;
            prompt_tokens: number | null;
            sent_at: string;
            step: number;
        };
        /**
         * Card
         * @description The data card. Counts by split have all three splits; an empty key means that nothing was recorded.
         */
        Card: {
            aspects: components["schemas"]["AspectCount"][];
            families: {
                [key: string]: number;
            };
            gates: components["schemas"]["CardGate"][];
            generators: {
                [key: string]: number;
            };
            guideline: number;
            left_out: {
                [key: string]: number;
            };
            licences: {
                [key: string]: number;
            };
            limits: components["schemas"]["CardLimit"][];
            locale: string;
            opinions: {
                [key: string]: number;
            };
            origins: {
                [key: string]: number;
            };
            questions: {
                [key: string]: number;
            };
            release: string;
            samples: {
                [key: string]: number;
            };
            sandbox: boolean;
            schema: number;
            seed: number;
            sources: {
                [key: string]: number;
            };
            ways: components["schemas"]["WayCount"][];
        };
        /**
         * CardGate
         * @description What was asked of the release: `passed` or `waived`; `count` rows are concerned.
         */
        CardGate: {
            count: number;
            gate: string;
            state: string;
        };
        /**
         * CardLimit
         * @description What one may not conclude: a code, and `count` of `total` that it concerns.
         */
        CardLimit: {
            count: number;
            limit: string;
            total: number;
        };
        /**
         * CascadeCreateRequest
         * @description Rungs from cheap to dear. What one leaves without a sound rationale goes to the next, at last to people.
         */
        CascadeCreateRequest: {
            /** Format: decimal */
            cap: string;
            name: string;
            rungs: components["schemas"]["RungBody"][];
            scope?: components["schemas"]["ScopeBody"];
            /** @default true */
            then_people?: boolean;
        };
        /** CascadeList */
        CascadeList: {
            results: components["schemas"]["CascadeRow"][];
        };
        /**
         * CascadeRow
         * @description A cascade. `left_count` questions went to people (`batch_id`), or to nobody, after the last rung.
         */
        CascadeRow: {
            batch_id: string | null;
            /** Format: decimal */
            cap: string;
            created_at: string;
            ended_because: string;
            /** Format: uuid */
            id: string;
            left_count: number | null;
            name: string;
            rungs: components["schemas"]["RungRow"][];
            /** Format: decimal */
            spent: string;
            /** @enum {string} */
            state: "running" | "done" | "cancelled";
            then_people: boolean;
        };
        /**
         * CellFigures
         * @description One candidate under one aspect. `differing` samples have opinions that differ under the rule.
         */
        CellFigures: {
            defect: components["schemas"]["AlphaFigure"];
            difference: components["schemas"]["Difference"] | null;
            differing: number;
            overlap: components["schemas"]["OverlapFigure"];
            severity: components["schemas"]["AlphaFigure"];
            slot: string;
        };
        /** ChangedPage */
        ChangedPage: {
            after: string | null;
            results: components["schemas"]["ChangedRow"][];
        };
        /**
         * ChangedRow
         * @description One question that differs; null for an answer where that release has no such question.
         */
        ChangedRow: {
            after: string[] | null;
            before: string[] | null;
            question: string;
            reasons: string[];
        };
        /**
         * CheckedRow
         * @description What a run of purpose `check` found so far; `name` is the check that it writes beside each rationale.
         */
        CheckedRow: {
            failed: number;
            name: string;
            nothing: number;
            passed: number;
        };
        /**
         * CheckOutcome
         * @description What a check said. `passed` is None where it does not apply; `score` is 0 for spotless and grows to 1.
         */
        CheckOutcome: {
            /** @default [] */
            findings?: components["schemas"]["Finding"][];
            passed: boolean | null;
            /** @default 0 */
            score?: number;
            version: number;
        };
        /**
         * CheckReport
         * @description What the checks say; nothing was stored.
         */
        CheckReport: {
            checks: {
                [key: string]: components["schemas"]["CheckOutcome"];
            };
            passed: boolean;
        };
        /**
         * ClaimedAssignment
         * @description One piece to judge. `letters[i]` is the slot shown under letter A + i; `sent_back` says why it came back.
         *
         *         `practice`: the submit answers with feedback. `suggestion`: imported verdicts, where the batch shows them at once.
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
            practice: boolean;
            sample: components["schemas"]["ClaimedSample"];
            sent_back: string;
            subject_id: number | null;
            suggestion: components["schemas"]["Suggestion"] | null;
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
         * @description Own turns and time, and how many of the batch's turns are done, as those see them who cannot tell gold apart.
         *
         *         Practice is no turn of the batch: it is told by `practice`, which is null when none is left to do. `pace_ms` is
         *         one's own mean time a turn, practice too; null before the third.
         */
        ClaimProgress: {
            accepted: number;
            active_ms: number;
            pace_ms: number | null;
            places: number;
            practice: components["schemas"]["PracticeProgress"] | null;
            submitted: number;
        };
        /**
         * ClaimReply
         * @description New pieces first to last in working order; `held` confirms known ones (what is missing there is lost).
         *
         *         `nothing_left`: no piece is open to the caller. `retry_after_ms`: others have the last ones locked; ask again.
         *         `cap_reached`: `batch` or `day`, when the caller may do no more in all or today; else empty.
         */
        ClaimReply: {
            assignments: components["schemas"]["ClaimedAssignment"][];
            batch: components["schemas"]["ClaimProgress"];
            cap_reached: string;
            held: components["schemas"]["HeldAssignment"][];
            nothing_left: boolean;
            retry_after_ms: number | null;
        };
        /**
         * ClaimRequest
         * @description Fill up to `count` held pieces. `known`: assignments the page already has; they are only confirmed.
         * @example {
         *       "count": 4,
         *       "known": []
         *     }
         */
        ClaimRequest: {
            /** @default 4 */
            count?: number;
            /** @default [] */
            known?: number[];
        };
        /**
         * ComparisonRow
         * @description The trained model's exact match less that of `other`, on the same questions.
         */
        ComparisonRow: {
            difference: number;
            high: number;
            low: number;
            mcnemar_p: number | null;
            other: string;
        };
        /**
         * ConsensusPolicyReply
         * @description How questions get their answers. `aspects`: what Dawid–Skene made of them, whether it is chosen or not.
         */
        ConsensusPolicyReply: {
            aspects: components["schemas"]["ModelAspect"][];
            /** @enum {string} */
            method: "majority" | "dawid_skene";
            settles_at: number;
            version: number;
        };
        /**
         * ConsensusPolicyRequest
         * @description `settles_at`: how sure the model must be of every cell before it answers a disputed question, 0.5 to 1.
         */
        ConsensusPolicyRequest: {
            /** @enum {string} */
            method: "majority" | "dawid_skene";
            /** @default 0.95 */
            settles_at?: number;
        };
        /**
         * DayRow
         * @description One closed day of the books, by UTC: what was posted, and what every single row gives when computed again.
         */
        DayRow: {
            agrees: boolean;
            closed_at: string;
            /** Format: date */
            day: string;
            /** Format: decimal */
            posted: string;
            /** Format: decimal */
            recomputed: string;
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
        /**
         * Difference
         * @description The commonest way to differ: `one` against `other`, and its share of all pairs that differ.
         */
        Difference: {
            one: string;
            other: string;
            share: number;
        };
        /**
         * DifferenceDetail
         * @description From `before` to `after`, in questions. `read` of the changed ones were read for their reasons.
         */
        DifferenceDetail: {
            added: number;
            added_samples: number;
            after: string;
            before: string;
            changed: number;
            read: number;
            reasons: {
                [key: string]: number;
            };
            removed: number;
            removed_samples: number;
            same: number;
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
        /**
         * DoubtList
         * @description The first of them, how many there are of each standing, and how many of those are not with people yet.
         *
         *         `measured`: how many have a loss, `measured_still_here` without those that are with people.
         */
        DoubtList: {
            counts: {
                [key: string]: number;
            };
            measured: number;
            measured_still_here: number;
            results: components["schemas"]["DoubtRow"][];
            still_here: {
                [key: string]: number;
            };
        };
        /** DoubtPicture */
        DoubtPicture: {
            sha256: string;
            slot: string;
        };
        /**
         * DoubtRow
         * @description One question the run doubts: as the release froze it, as the model answers, as people answer now.
         */
        DoubtRow: {
            agreement: number | null;
            answer: string[];
            answer_now: string[] | null;
            answer_source: string;
            answers: components["schemas"]["AnsweredSet"][];
            aspect: string;
            changed: boolean;
            disputed_now: boolean;
            exact_rate: number | null;
            id: number;
            loss_rank: number | null;
            opinions: number | null;
            pictures: components["schemas"]["DoubtPicture"][];
            question: string;
            returned_batch_id: string | null;
            rollouts: number;
            sample: string;
            /** @enum {string} */
            standing: "unseen" | "stale" | "mastered" | "suspect" | "blocked" | "hard" | "learnable";
            visits: number;
        };
        /** DraftReply */
        DraftReply: {
            version: number;
        };
        /**
         * DraftRequest
         * @description A version higher than the one stored; the body is the page's own.
         * @example {
         *       "body": {
         *         "cells": {
         *           "B": {
         *             "physical_shadow": "major"
         *           }
         *         }
         *       },
         *       "version": 3
         *     }
         */
        DraftRequest: {
            body: {
                [key: string]: unknown;
            };
            version: number;
        };
        /**
         * EarlierReview
         * @description What was said of this turn before: the reason, and where it looks.
         */
        EarlierReview: {
            reason: string;
            regions: components["schemas"]["Region"][];
            reviewed_at: string;
            round: number;
        };
        /**
         * EconomicsDetail
         * @description Groups, the rates of people's time that hold today, and the last closed days.
         */
        EconomicsDetail: {
            by: components["schemas"]["By"];
            days: components["schemas"]["DayRow"][];
            rates: components["schemas"]["RateRow"][];
            results: components["schemas"]["GroupEconomicsRow"][];
        };
        /**
         * EndpointChangeRequest
         * @description What changes. A new `base_url` clears the key unless a new one comes along.
         */
        EndpointChangeRequest: {
            /** @default null */
            base_url?: string | null;
            /** @default null */
            batch_megabytes?: number | null;
            /** @default null */
            batch_requests?: number | null;
            /** @default null */
            deadline_s?: number | null;
            /** @default null */
            key?: string | null;
            /** @default null */
            model?: string | null;
            /** @default null */
            name?: string | null;
            /** @default null */
            reply_format?: ("json_schema" | "json_object" | "text") | null;
            /** @default null */
            requests_at_once?: number | null;
            /** @default null */
            requests_per_minute?: number | null;
            /** @default null */
            sandbox?: boolean | null;
            /** @default null */
            state?: ("active" | "retired") | null;
            /** @default null */
            tokens_per_minute?: number | null;
            /** @default null */
            tokens_per_picture?: number | null;
        };
        /** EndpointChoice */
        EndpointChoice: {
            /** Format: uuid */
            id: string;
            model: string;
            name: string;
            sandbox: boolean;
        };
        /**
         * EndpointCreateRequest
         * @description A new endpoint. The key is written once and never shown again.
         * @example {
         *       "base_url": "https://vllm-a.example/v1",
         *       "key": "sk-…",
         *       "model": "qwen3-vl-30b",
         *       "name": "vllm-a",
         *       "requests_at_once": 64
         *     }
         */
        EndpointCreateRequest: {
            base_url: string;
            /** @default 180 */
            batch_megabytes?: number;
            /** @default 50000 */
            batch_requests?: number;
            /** @default 120 */
            deadline_s?: number;
            /** @default  */
            key?: string;
            model: string;
            name: string;
            /**
             * @default json_schema
             * @enum {string}
             */
            reply_format?: "json_schema" | "json_object" | "text";
            /** @default 16 */
            requests_at_once?: number;
            /** @default 600 */
            requests_per_minute?: number;
            /** @default false */
            sandbox?: boolean;
            /** @default 2000000 */
            tokens_per_minute?: number;
            /** @default 400 */
            tokens_per_picture?: number;
        };
        /**
         * EndpointList
         * @description `hosts` are the addresses that an administrator allows.
         */
        EndpointList: {
            hosts: string[];
            results: components["schemas"]["EndpointRow"][];
        };
        /**
         * EndpointRow
         * @description An endpoint; `prices` newest first, `price` the one that holds today. `batch_…`: what one batch may hold.
         */
        EndpointRow: {
            base_url: string;
            batch_megabytes: number;
            batch_requests: number;
            calls_last_hour: number;
            deadline_s: number;
            faults_in_a_row: number;
            has_key: boolean;
            /** Format: uuid */
            id: string;
            key_hint: string;
            last_test: components["schemas"]["EndpointTest"] | null;
            latency_ms: number | null;
            model: string;
            name: string;
            price: components["schemas"]["PriceRow"] | null;
            prices: components["schemas"]["PriceRow"][];
            /** @enum {string} */
            reply_format: "json_schema" | "json_object" | "text";
            requests_at_once: number;
            requests_per_minute: number;
            rests_until: string | null;
            sandbox: boolean;
            /** @enum {string} */
            state: "active" | "retired";
            tokens_per_minute: number;
            tokens_per_picture: number;
            waiting: number;
        };
        /**
         * EndpointTest
         * @description The last test of an endpoint.
         */
        EndpointTest: {
            at: string;
            lines: components["schemas"]["TestLine"][];
            passed: boolean;
            /** @default  */
            reply?: string;
        };
        /**
         * EntryList
         * @description The drawn sample; `way` is told once the lot is decided.
         */
        EntryList: {
            results: components["schemas"]["EntryRow"][];
        };
        /**
         * EntryReading
         * @description Where a reader found the first faulty sentence, of this text (`of_this`) or of a draft before it.
         */
        EntryReading: {
            first_fault: number | null;
            of_this: boolean;
            sentence: string;
        };
        /**
         * EntryRow
         * @description One rationale as an auditor meets it: nothing here tells by which way it came.
         */
        EntryRow: {
            accepted: boolean | null;
            aspect: string;
            concluded: string[] | null;
            first_fault: number | null;
            id: number;
            note: string;
            pictures: components["schemas"]["PictureRow"][];
            position: number;
            readings: components["schemas"]["EntryReading"][];
            reason: string;
            sample: string;
            sentences: components["schemas"]["EntrySentence"][];
            text: string;
        };
        /** EntrySentence */
        EntrySentence: {
            aspect: string | null;
            slot: string | null;
            text: string;
        };
        /**
         * EvaluationRow
         * @description One answerer. `rank` is null for what is never ranked: trivial policies, earlier stages, the sandbox.
         *
         *         `by_size`: exact match by the size of the true set. `habits`: null for policies and where they were not written.
         */
        EvaluationRow: {
            by_size: {
                [key: string]: number;
            };
            figures: {
                [key: string]: components["schemas"]["FigureValue"];
            };
            habits: components["schemas"]["HabitRow"] | null;
            /** @enum {string} */
            kind: "trained" | "stage" | "trivial" | "endpoint";
            name: string;
            per_aspect: {
                [key: string]: components["schemas"]["FigureValue"];
            };
            rank: number | null;
            /** Format: uuid */
            run_id: string;
            run_number: number;
            sandbox: boolean;
            usd_per_1000: string | null;
        };
        /**
         * ExaminationResult
         * @description What the texts of a run say together. `compared` texts of the project were read for it.
         */
        ExaminationResult: {
            compared: number;
            near_duplicates: number;
            points: components["schemas"]["ProbePoint"][];
            probed: number;
            texts: number;
            told_early: number;
        };
        /**
         * Example
         * @description A sample that shows what a guideline means: one candidate of it, the verdict it deserves, and why.
         */
        Example: {
            /**
             * @default {
             *       "en": "",
             *       "zh": ""
             *     }
             */
            note?: components["schemas"]["Names"];
            sample: string;
            severity: string;
            slot: string;
        };
        /**
         * ExportCreateRequest
         * @description The same release, format and seed is the same export.
         * @example {
         *       "format": "trl",
         *       "release": "2026-11",
         *       "seed": 1
         *     }
         */
        ExportCreateRequest: {
            /** @enum {string} */
            format: "canonical" | "trl";
            release: string;
            /** @default 0 */
            seed?: number;
        };
        /** ExportList */
        ExportList: {
            results: components["schemas"]["ExportRow"][];
        };
        /**
         * ExportRow
         * @description An export and how far it is; `bytes` and `sha256` are of the archive.
         */
        ExportRow: {
            asked_at: string;
            bytes: number;
            failure: string;
            /** @enum {string} */
            format: "canonical" | "trl";
            /** Format: uuid */
            id: string;
            row_count: number;
            rows_done: number;
            seed: number;
            sha256: string;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelled";
        };
        /**
         * Facets
         * @description How many match, and how many would match with another choice in each facet.
         */
        Facets: {
            count: number;
            facets: {
                [key: string]: {
                    [key: string]: number;
                };
            };
        };
        /**
         * FailureRow
         * @description `follows`: `again`, `one_more`, `fail` or `pause`.
         */
        FailureRow: {
            count: number;
            follows: string;
            label: string;
            /** @enum {string} */
            outcome: "" | "answered" | "rate_limited" | "overloaded" | "unreachable" | "server_error" | "timed_out" | "dropped" | "worker_lost" | "oversized" | "unreadable" | "key_refused" | "request_refused" | "redirected" | "quota" | "refused" | "filtered" | "truncated" | "blanks" | "empty" | "malformed" | "model_changed" | "no_pictures" | "no_answer" | "disagreed" | "attempts_spent" | "left_over" | "missing";
            /** Format: decimal */
            spent: string;
        };
        /**
         * FailureShareRow
         * @description `of_check`: rationales that failed this check, of all written; else calls with this outcome, of all settled.
         */
        FailureShareRow: {
            count: number;
            of_check: boolean;
            reason: string;
            share: components["schemas"]["IntervalRow"];
        };
        /**
         * Feedback
         * @description What somebody learns from a practice piece: each checked cell, and why.
         */
        Feedback: {
            cells: components["schemas"]["FeedbackCell"][];
            note: string;
        };
        /**
         * FeedbackCell
         * @description `is_right` is null where the answer was unsure.
         */
        FeedbackCell: {
            aspect: string;
            expected: string;
            is_right: boolean | null;
            said: string;
            slot: string;
        };
        /** FencedRequest */
        FencedRequest: {
            fence: number;
        };
        /**
         * FigureValue
         * @description A share between its bounds, over `n` questions.
         */
        FigureValue: {
            high: number | null;
            low: number | null;
            n: number;
            value: number;
        };
        /**
         * Finding
         * @description One thing a check found, at a sentence where it has one. `code` is stable, `detail` for a person.
         */
        Finding: {
            code: string;
            /** @default  */
            detail?: string;
            /** @default null */
            sentence?: number | null;
        };
        /**
         * FormerAspectRow
         * @description What an aspect was up to `replaced_at`, when `by` changed it.
         */
        FormerAspectRow: {
            by: string;
            description: {
                [key: string]: string;
            };
            key: string;
            names: {
                [key: string]: string;
            };
            replaced_at: string;
            retired: boolean;
            revision: number;
            severities: string[];
        };
        /**
         * FoundBias
         * @description A leaning of a judge that was found, by its code in benchmarks/judge.py: a share, or a difference of shares.
         */
        FoundBias: {
            high: number;
            low: number;
            name: string;
            value: number;
        };
        /**
         * FunnelRow
         * @description `name`: sent, answered, fits_schema, schema, conclusion, contradiction, leak.
         *
         *         `waiting` of those before are asked or about to be asked again: neither here yet nor lost.
         */
        FunnelRow: {
            count: number;
            lost: number;
            name: string;
            waiting: number;
        };
        /**
         * GoldCandidates
         * @description Samples with answers that could become gold, by where the answer comes from.
         */
        GoldCandidates: {
            adjudicated: number;
            consensus: number;
            imported: number;
        };
        /** GoldList */
        GoldList: {
            after: string | null;
            results: components["schemas"]["GoldRow"][];
        };
        /** GoldMade */
        GoldMade: {
            made: number;
        };
        /**
         * GoldQuestion
         * @description One gold question with the cells that are checked: `{"B": {"physical_shadow": "major"}}`.
         */
        GoldQuestion: {
            expected: {
                [key: string]: {
                    [key: string]: "major" | "minor" | "none" | "unsure";
                };
            };
            /** @default  */
            note?: string;
            sample: string;
        };
        /**
         * GoldRequest
         * @description Gold to be made: `questions` given by hand (or read from a file), or of answers that stand (`source`).
         *
         *         Of answers: those of the named `samples`, else the most certain ones, `most` of them.
         */
        GoldRequest: {
            /** @default 100 */
            most?: number;
            /** @default 40 */
            most_judged?: number;
            /**
             * @default gold
             * @enum {string}
             */
            purpose?: "opinion" | "gold" | "training";
            /** @default [] */
            questions?: components["schemas"]["GoldQuestion"][];
            /** @default [] */
            samples?: string[];
            /**
             * @default by_hand
             * @enum {string}
             */
            source?: "adjudicated" | "consensus" | "imported" | "by_hand";
            /** @default {} */
            tolerance?: {
                [key: string]: "exact" | "side" | "step";
            };
        };
        /**
         * GoldRetireRequest
         * @description `wrong` also takes its results out of everybody's figures.
         */
        GoldRetireRequest: {
            /**
             * @default by_lead
             * @enum {string}
             */
            why?: "by_lead" | "wrong" | "worn" | "leaked";
        };
        /**
         * GoldRow
         * @description A gold question and how people did on it. Leads only: nobody who judges may read any of this.
         */
        GoldRow: {
            created_at: string;
            expected: {
                [key: string]: {
                    [key: string]: "major" | "minor" | "none" | "unsure";
                };
            };
            /** Format: uuid */
            id: string;
            judged: number;
            most_judged: number;
            note: string;
            /** @enum {string} */
            purpose: "opinion" | "gold" | "training";
            retired_at: string | null;
            retired_why: ("by_lead" | "wrong" | "worn" | "leaked") | null;
            sample: string;
            scores: components["schemas"]["GoldScore"][];
            /** @enum {string} */
            source: "adjudicated" | "consensus" | "imported" | "by_hand";
            tolerance: {
                [key: string]: "exact" | "side" | "step";
            };
        };
        /**
         * GoldScore
         * @description Hidden gold questions of one aspect judged right, of those that say something (unsure says nothing).
         */
        GoldScore: {
            aspect: string;
            judged: number;
            right: number;
        };
        /**
         * GoldStock
         * @description Live gold questions: to practise on, and hidden.
         */
        GoldStock: {
            hidden: number;
            training: number;
        };
        /**
         * GoldSummary
         * @description Live gold, what is retired, and what more could be made.
         */
        GoldSummary: {
            candidates: components["schemas"]["GoldCandidates"];
            hidden: number;
            retired: number;
            training: number;
        };
        /**
         * GroupEconomicsRow
         * @description One group; money in US dollars as text, so that no cent is lost. `way`, `stage`: "" where it has several.
         *
         *         Of the texts whose writing was noted (`traced`), `mostly_pasted` came by paste or drop for half or more.
         *         `equal`: the cost of an accepted one once auditors have sorted the group to the quality that was asked for.
         */
        GroupEconomicsRow: {
            accepted: number;
            audit_ms: number;
            /** Format: decimal */
            audit_usd: string;
            calls: number;
            /** Format: decimal */
            calls_usd: string;
            equal: string | null;
            equal_high: string | null;
            equal_low: string | null;
            judged: number;
            key: string;
            mostly_pasted: number;
            name: string;
            passed: number;
            per_accepted: string | null;
            per_accepted_high: string | null;
            per_accepted_low: string | null;
            rate: components["schemas"]["IntervalRow"];
            rework: number;
            rework_ms: number;
            /** Format: decimal */
            rework_usd: string;
            sandbox: boolean;
            stage: string;
            /** Format: decimal */
            total_usd: string;
            traced: number;
            way: string;
            writing_ms: number;
            /** Format: decimal */
            writing_usd: string;
            written: number;
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
        /**
         * GuidelinePublishRequest
         * @example {
         *       "note": "Judge the contact before the direction",
         *       "texts": {
         *         "physical_shadow": {
         *           "examples": [
         *             {
         *               "note": {
         *                 "en": "It falls towards the window.",
         *                 "zh": "投向窗户。"
         *               },
         *               "sample": "s-17",
         *               "severity": "major",
         *               "slot": "B"
         *             }
         *           ],
         *           "question": {
         *             "en": "Which candidates have an implausible shadow?",
         *             "zh": "哪些候选图的阴影不合理?"
         *           },
         *           "text": {
         *             "en": "Judge the contact with the ground first, then the direction.",
         *             "zh": "先判断与地面的接触,再判断方向。"
         *           }
         *         }
         *       }
         *     }
         */
        GuidelinePublishRequest: {
            /** @default  */
            note?: string;
            texts: {
                [key: string]: components["schemas"]["GuidelineText"];
            };
        };
        /**
         * GuidelineText
         * @description What annotators read about one aspect, the question a model is asked, and samples that show what is meant.
         */
        GuidelineText: {
            /** @default [] */
            examples?: components["schemas"]["Example"][];
            question: components["schemas"]["Names"];
            text: components["schemas"]["Names"];
        };
        /**
         * HabitRow
         * @description Shares of the readable answers that name too few or too many; how letters named and those true are spread.
         */
        HabitRow: {
            chosen: {
                [key: string]: number;
            };
            right: {
                [key: string]: number;
            };
            too_few: number | null;
            too_many: number | null;
        };
        /**
         * HandworkBatch
         * @description The batch that was made, and where what it left out waits.
         */
        HandworkBatch: {
            elsewhere: components["schemas"]["WaitingElsewhere"][];
            /** Format: uuid */
            id: string;
            pieces: number;
        };
        /**
         * HeartbeatRequest
         * @description `active_ms`: time since the last beat in which the tab was visible and somebody did something.
         * @example {
         *       "active_ms": 18000,
         *       "fence": 1
         *     }
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
         * @description An import and how far it is; pictures are counted by sample. Changed rows were taken if `update`, else kept.
         *
         *         `line_total` is null where only reading tells; `by` is empty for what the command read.
         */
        ImportRow: {
            by: string;
            changed_count: number;
            failure: string;
            finished_at: string | null;
            /** Format: uuid */
            id: string;
            line_total: number | null;
            name: string;
            new_count: number;
            pictures_failed: number;
            pictures_ready: number;
            pictures_waiting: number;
            refused_count: number;
            row_count: number;
            started_at: string;
            state: string;
            strict: boolean;
            unchanged_count: number;
            update: boolean;
        };
        /**
         * IntervalRow
         * @description A share with its Wilson interval of 95 %; null where nothing was judged.
         */
        IntervalRow: {
            high: number | null;
            low: number | null;
            value: number | null;
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
        /**
         * InvitationCreateRequest
         * @example {
         *       "note": "for Ana",
         *       "role": "annotator"
         *     }
         */
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
         * JudgeFigures
         * @description What a model judge saw of planted faults, and how often it vetoed sound texts.
         */
        JudgeFigures: {
            biases: components["schemas"]["FoundBias"][];
            by_kind: {
                [key: string]: components["schemas"]["MeasuredShare"];
            };
            false_alarms: components["schemas"]["MeasuredShare"];
            questions: number;
            recall: components["schemas"]["MeasuredShare"];
        };
        /**
         * JudgeRow
         * @description A model judge; without `figures` nobody has measured what it misses.
         */
        JudgeRow: {
            figures: components["schemas"]["JudgeFigures"] | null;
            measured_at: string | null;
            model: string;
        };
        /**
         * KeysRequest
         * @description One's own keys, all of them: page, then Loupe's chord, then the one that takes its place.
         * @example {
         *       "keys": {
         *         "annotate": {
         *           "KeyL": "KeyK"
         *         }
         *       }
         *     }
         */
        KeysRequest: {
            keys: {
                [key: string]: {
                    [key: string]: string;
                };
            };
        };
        /**
         * Leaderboard
         * @description Everybody on the test split of `release`; `releases` are those that have been measured on.
         *
         *         `human_ceiling`: how often people agree on the questions that at least two of them answered.
         */
        Leaderboard: {
            comparisons: {
                [key: string]: components["schemas"]["ComparisonRow"][];
            };
            human_ceiling: components["schemas"]["FigureValue"] | null;
            release: string;
            releases: string[];
            results: components["schemas"]["EvaluationRow"][];
        };
        /** LeaveReply */
        LeaveReply: {
            returned: number;
        };
        /**
         * LifeEvent
         * @description One thing that happened to the sample. `cells` is slot → aspect → severity where somebody judged.
         *
         *         `facts` by name (batch, state, until, letters, revision, release, …), `text` what somebody wrote.
         */
        LifeEvent: {
            at: string;
            cells: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            facts: {
                [key: string]: string;
            };
            group: string;
            kind: string;
            text: string;
            who: string;
        };
        /**
         * LifeRationale
         * @description A rationale on a sample's page.
         */
        LifeRationale: {
            aspect: string;
            concluded: string[] | null;
            /** Format: decimal */
            cost_usd: string;
            created_at: string;
            id: number;
            passed: boolean;
            sandbox: boolean;
            stage: string;
            text: string;
            way: string;
        };
        /**
         * LinkReply
         * @description A link to copy; it is shown this once.
         */
        LinkReply: {
            expires_at: string;
            url: string;
        };
        /**
         * LogTail
         * @description The end of what the run's process printed.
         */
        LogTail: {
            text: string;
        };
        /**
         * LookResult
         * @description What one look showed, an entry an arm.
         */
        LookResult: {
            arms: components["schemas"]["ArmResult"][];
        };
        /**
         * LookRow
         * @description One look: how far its lot is judged, and what it showed. `z` to reach: `result.arms[].boundary`.
         */
        LookRow: {
            covered: number;
            drawn_at: string;
            entries: number;
            judged: number;
            lot_id: string | null;
            lot_number: number | null;
            number: number;
            result: components["schemas"]["LookResult"] | null;
        };
        /** LotDecideRequest */
        LotDecideRequest: {
            accept: boolean;
        };
        /**
         * LotDrawRequest
         * @example {
         *       "sample_size": 50,
         *       "way": "answer_driven"
         *     }
         */
        LotDrawRequest: {
            /** @default 50 */
            sample_size?: number;
            /** @enum {string} */
            way: "manual" | "automated" | "answer_driven";
        };
        /** LotList */
        LotList: {
            results: components["schemas"]["LotRow"][];
        };
        /**
         * LotRow
         * @description A lot; one of a trial (`trial_id`) has no way and is counted there.
         */
        LotRow: {
            accepted: number;
            decided_at: string | null;
            drawn_at: string;
            /** Format: uuid */
            id: string;
            judged: number;
            number: number;
            population_count: number;
            rate: components["schemas"]["IntervalRow"];
            rejected: number;
            sample_count: number;
            state: string;
            trial_id: string | null;
            way: string;
        };
        /**
         * MarkedRegion
         * @description A region on one candidate, in pixels of the stored raster.
         */
        MarkedRegion: {
            aspect: string;
            box: [
                number,
                number,
                number,
                number
            ] | null;
            point: [
                number,
                number
            ] | null;
            polygon: [
                number,
                number
            ][] | null;
            slot: string;
        };
        /** MatchedSamples */
        MatchedSamples: {
            samples: string[];
        };
        /**
         * MatchRequest
         * @description Samples by the explorer's filters.
         * @example {
         *       "query": {
         *         "disputed": "physical_shadow"
         *       }
         *     }
         */
        MatchRequest: {
            /** @default {} */
            query?: {
                [key: string]: string;
            };
        };
        /**
         * MeasuredShare
         * @description A share with its 95 % interval, of so many.
         */
        MeasuredShare: {
            high: number;
            low: number;
            of: number;
            value: number;
        };
        /**
         * MemberChangeRequest
         * @example {
         *       "role": "reviewer"
         *     }
         */
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
        /** MinuteCount */
        MinuteCount: {
            at: string;
            count: number;
        };
        /**
         * MirrorReply
         * @description The caller's own figures, and the project's as a whole; nobody else's. `figures` is null before any work.
         *
         *         Gold is told only by aspect and only from ten questions on, so that nobody learns which sample it was.
         */
        MirrorReply: {
            figures: components["schemas"]["PersonFigures"] | null;
            gold: {
                [key: string]: components["schemas"]["Share"];
            };
            pace: components["schemas"]["Quartiles"] | null;
            people: number;
            practised: components["schemas"]["PractisedRow"][];
            right: {
                [key: string]: components["schemas"]["Share"];
            };
            sent_back: components["schemas"]["SentBackRow"][];
            standing: components["schemas"]["Standing"];
        };
        /**
         * ModelAspect
         * @description What Dawid–Skene made of one aspect. `differing`: questions where it answers otherwise than the vote.
         */
        ModelAspect: {
            aspect: string;
            differing: number;
            questions: number;
            rounds: number;
            settled: number;
        };
        /**
         * MonthDetail
         * @description People's work in this month (UTC, `month` is its first day) so far, and what it may cost; null: no budget.
         */
        MonthDetail: {
            budget_usd: string | null;
            /** Format: date */
            month: string;
            /** Format: decimal */
            spent_usd: string;
            works: components["schemas"]["WorkCost"][];
        };
        /**
         * MonthLeft
         * @description What the month's budget for people's work leaves, in US dollars; `month` is its first day (UTC).
         *
         *         `out_on`: the day in it on which nothing is left, at the last week's pace; null where it lasts, or without a pace.
         */
        MonthLeft: {
            /** Format: decimal */
            budget_usd: string;
            /** Format: decimal */
            left_usd: string;
            /** Format: date */
            month: string;
            out_on: string | null;
            /** Format: decimal */
            spent_usd: string;
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
        /** NeedRow */
        NeedRow: {
            action: string;
            count: number;
            key: string;
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
        /**
         * OutdatedAspectRow
         * @description Questions judged under other words, by the version they were judged under; `waiting` are asked again.
         */
        OutdatedAspectRow: {
            aspect: string;
            by_version: {
                [key: string]: number;
            };
            questions: number;
            waiting: number;
        };
        /**
         * OutdatedBatchRequest
         * @description `aspects` null: all that have outdated questions.
         * @example {
         *       "aspects": [
         *         "physical_shadow"
         *       ],
         *       "wanted": 1
         *     }
         */
        OutdatedBatchRequest: {
            /** @default null */
            aspects?: string[] | null;
            /** @default  */
            name?: string;
            /** @default 1 */
            wanted?: number;
        };
        /** OutdatedReply */
        OutdatedReply: {
            results: components["schemas"]["OutdatedAspectRow"][];
            version: number;
        };
        /**
         * OverlapFigure
         * @description How far regions on the same cell lie over each other, 0 to 1: mean over `pairs` of opinions that both drew there.
         *
         *         The interval is Student's t over pairs; null below two of them.
         */
        OverlapFigure: {
            high: number | null;
            low: number | null;
            mean: number | null;
            pairs: number;
        };
        /**
         * OverviewDetail
         * @description The loop in numbers, and what needs a person.
         */
        OverviewDetail: {
            answered: number;
            aspects: number;
            disputed: number;
            failed: number;
            guideline: number;
            judged: number;
            lots_decided: number;
            lots_open: number;
            needs: components["schemas"]["NeedRow"][];
            open_places: number;
            passed: number;
            questions: number;
            rationales: number;
            ready: number;
            release: string;
            release_questions: number;
            samples: number;
            sandbox: number;
            training: {
                [key: string]: number;
            };
            waiting: number;
        };
        /**
         * PairFigure
         * @description Two people on the samples both judged. `difference`: what `one` says against what `other` says.
         */
        PairFigure: {
            alpha: number | null;
            difference: components["schemas"]["Difference"] | null;
            differing: number;
            high: number | null;
            low: number | null;
            one: number;
            other: number;
            samples: number;
            /** @enum {unknown} */
            why_undefined: "" | "no_pairs" | "nothing_varies";
        };
        /**
         * PairsReply
         * @description Every two people who share samples, those that share most first. `names` by user id.
         */
        PairsReply: {
            left_out: number;
            names: {
                [key: string]: string;
            };
            pairs: components["schemas"]["PairFigure"][];
        };
        /**
         * PartChange
         * @description One text of one step; `part` is `system` or `text`.
         */
        PartChange: {
            changed: boolean;
            part: string;
            segments: components["schemas"]["Segment"][];
            step: string;
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
        /**
         * PauseRow
         * @description Somebody gets no more of this batch: their gold on the aspect, or their practice, lies below its floor.
         *
         *         `aspect` is empty where so much of the practice was skipped that none could be told.
         */
        PauseRow: {
            aspect: string;
            /** Format: uuid */
            batch_id: string;
            number: number;
            since: string;
            /** @enum {string} */
            why: "gold" | "practice";
        };
        /**
         * PeopleAtWork
         * @description Everybody who gave an opinion or a review; `pace` and `right` are over all of them. And who practises again.
         */
        PeopleAtWork: {
            gold: {
                [key: string]: components["schemas"]["Share"];
            };
            pace: components["schemas"]["Quartiles"] | null;
            people: components["schemas"]["PersonAtWork"][];
            practising: components["schemas"]["PractisingRow"][];
            right: {
                [key: string]: components["schemas"]["Share"];
            };
            standing: components["schemas"]["Standing"];
        };
        /**
         * PeopleBudgetRequest
         * @description US dollars a month for people's work; null: no budget.
         */
        PeopleBudgetRequest: {
            monthly_usd: string | null;
        };
        /**
         * PersonAtWork
         * @description One person; `in_batch` is the number of the batch they were seen in within a quarter of an hour.
         */
        PersonAtWork: {
            figures: components["schemas"]["PersonFigures"];
            in_batch: number | null;
            name: string;
            paused: components["schemas"]["PauseRow"][];
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
        /**
         * PersonFigures
         * @description One person's work. By aspect, `right`: against the consensus (two or more opinions, or a ruling).
         *
         *         `gold`: hidden gold questions answered as expected, of those judged without an unsure cell.
         */
        PersonFigures: {
            active_ms: number;
            alpha: components["schemas"]["AlphaFigure"];
            as_reviewer: components["schemas"]["ReviewerFigures"];
            first_at: string | null;
            gold: {
                [key: string]: components["schemas"]["Share"];
            };
            last_at: string | null;
            opinions: number;
            pace: components["schemas"]["Quartiles"] | null;
            position: components["schemas"]["PositionBias"] | null;
            reviewed: components["schemas"]["ReviewedFigures"];
            right: {
                [key: string]: components["schemas"]["Share"];
            };
            sees: {
                [key: string]: [
                    number,
                    number
                ];
            };
            signals: components["schemas"]["Signal"][];
            user_id: number;
            weeks: components["schemas"]["PersonWeek"][];
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
        /**
         * PersonWeek
         * @description One person's week, which begins on `week`: by aspect, how many of how many.
         *
         *         `right`: answers equal to the consensus. `gold`: hidden gold questions answered as expected.
         */
        PersonWeek: {
            active_ms: number;
            gold: {
                [key: string]: [
                    number,
                    number
                ];
            };
            opinions: number;
            right: {
                [key: string]: [
                    number,
                    number
                ];
            };
            /** Format: date */
            week: string;
        };
        /**
         * PhrasesRequest
         * @description One's own phrases, all of them, by place; "" leaves a place free.
         * @example {
         *       "phrases": [
         *         "points towards the light",
         *         "",
         *         "no contact with the ground"
         *       ]
         *     }
         */
        PhrasesRequest: {
            phrases: string[];
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
            after: string | null;
            results: components["schemas"]["RefusalRow"][];
        };
        /** PictureRow */
        PictureRow: {
            height: number;
            sha256: string;
            slot: string;
            width: number;
        };
        /**
         * PositionBias
         * @description Whether a place on the screen is called defective more often than chance allows.
         *
         *         Letters are drawn anew for each person and sample, so every place should be flagged equally often. `flagged[i]`:
         *         samples on which the candidate shown in place i was given a defect under any aspect.
         */
        PositionBias: {
            flagged: components["schemas"]["Share"][];
            p: number | null;
            q: number | null;
            samples: number;
            size: number | null;
        };
        /**
         * PracticeProgress
         * @description How much of the practice is done, further rounds each from nothing. `of` is what there is for this person.
         *
         *         `floor`: the share that must be right on each aspect before anything else comes; null where practice only teaches.
         *         `below`: the aspects on which the last round was not; empty in the first.
         */
        PracticeProgress: {
            below: string[];
            done: number;
            floor: number | null;
            of: number;
        };
        /**
         * PractisedRow
         * @description One practice piece of the caller's with cells that were not as expected; `appeal` is its state, or empty.
         */
        PractisedRow: {
            appeal: string;
            assignment_id: number;
            judged_at: string;
            note: string;
            reply: string;
            sample: string;
            wrong: components["schemas"]["WrongCellRow"][];
        };
        /**
         * PractisingRow
         * @description Somebody below the practice floor of a batch. `waiting`: no practice is left, and a lead has to say what now.
         *
         *         `scores`: of their newest practice, as much as the batch asks for; `below`: the aspects that keep them.
         */
        PractisingRow: {
            /** Format: uuid */
            batch_id: string;
            below: string[];
            floor: number;
            name: string;
            number: number;
            scores: components["schemas"]["GoldScore"][];
            user_id: number;
            waiting: boolean;
        };
        /**
         * PrelabelItem
         * @description What is said of one sample: answers (slots with the defect by aspect), verdicts by slot and aspect, regions.
         */
        PrelabelItem: {
            /** @default {} */
            answers?: {
                [key: string]: string[];
            };
            /** @default [] */
            regions?: components["schemas"]["Region"][];
            sample: string;
            /** @default {} */
            verdicts?: {
                [key: string]: {
                    [key: string]: "major" | "minor" | "none" | "unsure";
                };
            };
        };
        /**
         * PrelabelRefusalRow
         * @description Why one was not taken; `index` is its place in the request.
         */
        PrelabelRefusalRow: {
            field: string;
            index: number;
            reason: string;
            sample: string;
        };
        /**
         * PrelabelReply
         * @description What became of the request: everything that is not refused is stored, or was already.
         */
        PrelabelReply: {
            refused: components["schemas"]["PrelabelRefusalRow"][];
            stored: number;
            unchanged: number;
        };
        /**
         * PrelabelRequest
         * @description At most a thousand a request. `source` names who says so, with its version.
         * @example {
         *       "prelabels": [
         *         {
         *           "answers": {
         *             "physical_shadow": [
         *               "B"
         *             ],
         *             "placement_layout": []
         *           },
         *           "sample": "s-17"
         *         },
         *         {
         *           "regions": [
         *             {
         *               "aspect": "appearance_deformation",
         *               "box": [
         *                 312,
         *                 540,
         *                 220,
         *                 60
         *               ],
         *               "slot": "C"
         *             }
         *           ],
         *           "sample": "s-18",
         *           "verdicts": {
         *             "C": {
         *               "appearance_deformation": "major"
         *             }
         *           }
         *         }
         *       ],
         *       "source": "qwen3-vl-30b 2026-11"
         *     }
         */
        PrelabelRequest: {
            prelabels: components["schemas"]["PrelabelItem"][];
            source: string;
        };
        /**
         * PreviewPicture
         * @description A picture as it would be sent: its letter ("" for the original), its slot, and its hash to look at.
         */
        PreviewPicture: {
            letter: string;
            sha256: string;
            slot: string;
        };
        /** PreviewStep */
        PreviewStep: {
            name: string;
            system: string;
            tells_answer: boolean;
            text: string;
            tokens: number;
        };
        /**
         * PriceRequest
         * @description US dollars per million tokens, from a moment on (now, unless said). `cached_per_million`: input from a cache.
         *
         *         `batch_share`: what a token in a batch costs, as a share of these; left out where the endpoint takes no batches.
         * @example {
         *       "input_per_million": "0.40",
         *       "output_per_million": "1.60"
         *     }
         */
        PriceRequest: {
            /** @default null */
            batch_share?: string | null;
            /** @default null */
            cached_per_million?: string | null;
            /** Format: decimal */
            input_per_million: string;
            /** Format: decimal */
            output_per_million: string;
            /** @default null */
            valid_from?: string | null;
        };
        /**
         * PriceRow
         * @description US dollars per million tokens from a moment on.
         */
        PriceRow: {
            batch_share: string | null;
            cached_per_million: string | null;
            /** Format: decimal */
            input_per_million: string;
            /** Format: decimal */
            output_per_million: string;
            valid_from: string;
        };
        /**
         * ProbePoint
         * @description How a reader of the text alone fares after a share of it, over candidates discussed by then or not.
         *
         *         Of `cells`, `right` were named rightly; `base` is what the commonest verdict gets right.
         */
        ProbePoint: {
            base: number;
            cells: number;
            discussed: boolean;
            right: number;
            share: number;
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
        /**
         * ProjectCreateRequest
         * @example {
         *       "lead": "ravi",
         *       "name": "Product scenes",
         *       "slug": "shop"
         *     }
         */
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
         * PromptList
         * @description Newest first; `placeholders` are the names that a text may use after a dollar sign.
         */
        PromptList: {
            offers: components["schemas"]["PromptOfferRow"][];
            picture_sides: number[];
            placeholders: string[];
            results: components["schemas"]["PromptRow"][];
        };
        /**
         * PromptOfferRequest
         * @description Names an offered default: to be taken as the project's next version of that name, or declined.
         */
        PromptOfferRequest: {
            locale: string;
            name: string;
        };
        /**
         * PromptOfferRow
         * @description A default that the project does not have, against the project's newest version of that name.
         */
        PromptOfferRow: {
            locale: string;
            name: string;
            next_version: number;
            parts: components["schemas"]["PartChange"][];
            /** @enum {string} */
            stage: "plain" | "skeleton_first" | "blind_first" | "region_grounded" | "read_back" | "judge";
            /** @enum {string} */
            way: "manual" | "automated" | "answer_driven";
        };
        /** PromptPreview */
        PromptPreview: {
            aspect: string;
            pictures: components["schemas"]["PreviewPicture"][];
            sample: string;
            steps: components["schemas"]["PreviewStep"][];
        };
        /**
         * PromptPreviewRequest
         * @description What a model would see of this text on one question; `sample` is an external id, any sample unless given.
         */
        PromptPreviewRequest: {
            /** @default  */
            aspect?: string;
            locale: string;
            /** @default  */
            sample?: string;
            /** @enum {string} */
            stage: "plain" | "skeleton_first" | "blind_first" | "region_grounded" | "read_back" | "judge";
            steps: components["schemas"]["PromptStepBody"][];
            /** @enum {string} */
            way: "manual" | "automated" | "answer_driven";
        };
        /**
         * PromptRow
         * @description One version of a prompt, with what its runs made of it.
         */
        PromptRow: {
            created_at: string;
            created_by: string;
            /** Format: uuid */
            id: string;
            locale: string;
            max_tokens: number;
            name: string;
            passed: number;
            picture_side: number;
            rationales: number;
            /** @enum {string} */
            stage: "plain" | "skeleton_first" | "blind_first" | "region_grounded" | "read_back" | "judge";
            steps: components["schemas"]["PromptStepRow"][];
            temperature: number;
            version: number;
            /** @enum {string} */
            way: "manual" | "automated" | "answer_driven";
        };
        /**
         * PromptSaveRequest
         * @description The next version of the prompt with this name and language.
         */
        PromptSaveRequest: {
            locale: string;
            /** @default 900 */
            max_tokens?: number;
            name: string;
            /** @default 512 */
            picture_side?: number;
            /** @enum {string} */
            stage: "plain" | "skeleton_first" | "blind_first" | "region_grounded" | "read_back" | "judge";
            steps: components["schemas"]["PromptStepBody"][];
            /** @default 0.7 */
            temperature?: number;
            /** @enum {string} */
            way: "manual" | "automated" | "answer_driven";
        };
        /** PromptStepBody */
        PromptStepBody: {
            name: string;
            system: string;
            text: string;
        };
        /** PromptStepRow */
        PromptStepRow: {
            name: string;
            system: string;
            text: string;
        };
        /**
         * PromptVersions
         * @description Two versions side by side: texts, settings that differ, figures with their 95 % intervals.
         */
        PromptVersions: {
            after: components["schemas"]["VersionFiguresRow"];
            before: components["schemas"]["VersionFiguresRow"];
            parts: components["schemas"]["PartChange"][];
            terms: components["schemas"]["TermChangeRow"][];
        };
        /**
         * Quartiles
         * @description Active milliseconds a piece.
         */
        Quartiles: {
            high: number;
            low: number;
            median: number;
        };
        /**
         * QuestionLife
         * @description Where one question stands. `answer` is null while it has none; `model` is what Dawid–Skene would answer.
         */
        QuestionLife: {
            agreement: number | null;
            answer: string[] | null;
            aspect: string;
            confidence: number | null;
            disputed: boolean;
            model: string[] | null;
            model_confidence: number | null;
            opinions: number;
            source: string;
            tied: string[];
        };
        /**
         * QuestionNames
         * @description A question in words people know.
         */
        QuestionNames: {
            aspect: string;
            aspect_id: number;
            sample: string;
            sample_id: number;
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
        /**
         * RateRequest
         * @description US dollars an hour of one kind of work, from a day on (today, unless said).
         */
        RateRequest: {
            /** Format: decimal */
            usd_per_hour: string;
            /** @default null */
            valid_from?: string | null;
            /** @enum {string} */
            work: "writing" | "rework" | "audit" | "judging";
        };
        /**
         * RateRow
         * @description US dollars an hour of one kind of work; `since` null: the instance's own rate holds.
         */
        RateRow: {
            since: string | null;
            /** Format: decimal */
            usd_per_hour: string;
            /** @enum {string} */
            work: "writing" | "rework" | "audit" | "judging";
        };
        /**
         * RationaleBatchRequest
         * @description A batch in which people read rationales that passed or revise those that failed: of one run, or of all.
         *
         *         `also_open`: with those that wait in another open batch of the kind.
         */
        RationaleBatchRequest: {
            /** @default false */
            also_open?: boolean;
            /** @default null */
            limit?: number | null;
            name: string;
            /** @default null */
            run?: string | null;
        };
        /**
         * RationaleCheckRequest
         * @description A text that is still being written.
         */
        RationaleCheckRequest: {
            /** @default null */
            concluded?: string[] | null;
            sentences: components["schemas"]["SentenceBody"][];
        };
        /**
         * RationaleDetail
         * @description One rationale with its checks, its versions and the calls that made it.
         */
        RationaleDetail: {
            calls: components["schemas"]["CallRow"][];
            checks: {
                [key: string]: components["schemas"]["CheckOutcome"];
            };
            judge: components["schemas"]["JudgeRow"] | null;
            rationale: components["schemas"]["RationaleRow"];
            readings: components["schemas"]["ReadingRow"][];
            regions: components["schemas"]["RegionRow"][];
            sentences: components["schemas"]["SentenceRow"][];
            severities: {
                [key: string]: string;
            };
            versions: components["schemas"]["VersionRow"][];
            writing: components["schemas"]["WritingEvidence"] | null;
        };
        /**
         * RationalePage
         * @description Newest first.
         */
        RationalePage: {
            after: string | null;
            results: components["schemas"]["RationaleRow"][];
        };
        /** RationaleReviseRequest */
        RationaleReviseRequest: {
            /** @default null */
            concluded?: string[] | null;
            sentences: components["schemas"]["SentenceBody"][];
        };
        /**
         * RationaleRow
         * @description A rationale in a list.
         */
        RationaleRow: {
            active_ms: number;
            answer: string[] | null;
            answer_visible: boolean;
            author: string;
            concluded: string[] | null;
            /** Format: decimal */
            cost_usd: string;
            created_at: string;
            failed_checks: string[];
            id: number;
            /** @enum {string} */
            origin: "run" | "person" | "imported";
            passed: boolean;
            pictures: {
                [key: string]: string;
            };
            question: components["schemas"]["QuestionNames"];
            run_id: string | null;
            sandbox: boolean;
            /** @enum {string} */
            stage: "plain" | "skeleton_first" | "blind_first" | "region_grounded" | "read_back" | "judge";
            text: string;
            /** @enum {string} */
            way: "manual" | "automated" | "answer_driven";
        };
        /**
         * RationaleSummary
         * @description Counts and costs by way, and the hourly rate that active time is costed at.
         */
        RationaleSummary: {
            /** Format: decimal */
            hourly_rate_usd: string;
            ways: components["schemas"]["WayCostRow"][];
        };
        /**
         * RationaleTask
         * @description What somebody needs who writes, reads or revises a rationale; `draft` is the one to read or revise.
         *
         *         `first_fault`: where the last reader found it, for those who revise.
         */
        RationaleTask: {
            answer: string[] | null;
            aspect_names: {
                [key: string]: string;
            };
            draft: components["schemas"]["SentenceRow"][] | null;
            draft_checks: {
                [key: string]: components["schemas"]["CheckOutcome"];
            };
            draft_concluded: string[] | null;
            first_fault: number | null;
            question: components["schemas"]["QuestionNames"];
            regions: components["schemas"]["RegionRow"][];
            severities: {
                [key: string]: string;
            };
        };
        /**
         * RationaleWriteRequest
         * @description The result of an assignment of kind `write_rationale` or `revise_rationale`.
         * @example {
         *       "concluded": [
         *         "B"
         *       ],
         *       "fence": 1,
         *       "sentences": [
         *         {
         *           "aspect": "physical_shadow",
         *           "defect": true,
         *           "slot": "B",
         *           "text": "{{B}} casts its shadow towards the window."
         *         }
         *       ]
         *     }
         */
        RationaleWriteRequest: {
            /** @default 0 */
            active_ms?: number;
            /** @default null */
            concluded?: string[] | null;
            fence: number;
            sentences: components["schemas"]["SentenceBody"][];
            /** @default null */
            trace?: components["schemas"]["WritingTrace"] | null;
        };
        /**
         * ReadingReport
         * @description The reading as it was taken.
         */
        ReadingReport: {
            first_fault: number | null;
        };
        /**
         * ReadingRequest
         * @description The result of an assignment of kind `read_rationale`: a verdict a sentence, null behind the first fault.
         */
        ReadingRequest: {
            /** @default 0 */
            active_ms?: number;
            fence: number;
            /** @default  */
            note?: string;
            verdicts: (boolean | null)[];
        };
        /**
         * ReadingRow
         * @description What one reader said, a verdict a sentence; `version` is the rationale that was read.
         */
        ReadingRow: {
            active_ms: number;
            first_fault: number | null;
            note: string;
            read_at: string;
            reader: string;
            verdicts: (boolean | null)[];
            version: number;
        };
        /**
         * RecountDetail
         * @description How far the answers have followed the newest change of rule or aspects, in samples; `failed` counts ranges.
         */
        RecountDetail: {
            asked_at: string;
            changed: number;
            done: number;
            failed: number;
            failure: string;
            finished_at: string | null;
            rule_version: number;
            samples: number;
        };
        /**
         * RecountReply
         * @description `recount` is null while neither rule nor aspects have changed.
         */
        RecountReply: {
            recount: components["schemas"]["RecountDetail"] | null;
        };
        /**
         * RefusalPage
         * @description `fields` counts all reasons of the import by the field's first word.
         */
        RefusalPage: {
            after: string | null;
            fields: {
                [key: string]: number;
            };
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
        /**
         * RegionRow
         * @description A region that people marked; `box` in shares of the picture.
         */
        RegionRow: {
            box: [
                number,
                number,
                number,
                number
            ];
            id: string;
            note: string;
            slot: string;
        };
        /**
         * ReleaseCutRequest
         * @example {
         *       "name": "2026-11",
         *       "seed": 1,
         *       "splits": "80/10/10"
         *     }
         */
        ReleaseCutRequest: {
            /** @default false */
            allow_sandbox?: boolean;
            /** @default en */
            locale?: string;
            name: string;
            /** @default 1 */
            seed?: number;
            /** @default 80/10/10 */
            splits?: string;
        };
        /** ReleaseDetail */
        ReleaseDetail: {
            cut_at: string;
            families: number;
            guideline_version: number;
            hash: string;
            /** Format: uuid */
            id: string;
            left_out: {
                [key: string]: number;
            };
            name: string;
            questions: {
                [key: string]: number;
            };
            rationales: number;
            samples: number;
            sandbox: boolean;
            seed: number;
            shards: components["schemas"]["ShardRow"][];
            state: string;
        };
        /**
         * ReleaseList
         * @description Newest first; `waits_for` says why a new one should not be cut yet.
         */
        ReleaseList: {
            results: components["schemas"]["ReleaseDetail"][];
            waits_for: string | null;
        };
        /** Retried */
        Retried: {
            samples: number;
        };
        /** ReturnBatchReply */
        ReturnBatchReply: {
            /** Format: uuid */
            batch_id: string;
            questions: number;
        };
        /**
         * ReturnBatchRequest
         * @description `question_ids` null: every question of the named standings that is not with people yet.
         *
         *         `highest_losses`: instead so many of the highest losses, whatever their standing; of `question_ids`, if given.
         */
        ReturnBatchRequest: {
            /** @default null */
            highest_losses?: number | null;
            /** @default  */
            name?: string;
            /** @default null */
            question_ids?: number[] | null;
            /** @default [] */
            standings?: string[];
            /** @default 2 */
            wanted?: number;
        };
        /**
         * ReturnedBatch
         * @description A batch this run gave to people; `changed` answers differ from the release by now.
         */
        ReturnedBatch: {
            at: string;
            /** Format: uuid */
            batch_id: string;
            changed: number;
            questions: number;
        };
        /**
         * ReturnedList
         * @description What one's own turn was sent back for, oldest first.
         */
        ReturnedList: {
            results: components["schemas"]["ReturnedRow"][];
        };
        /** ReturnedRow */
        ReturnedRow: {
            reason: string;
            regions: components["schemas"]["Region"][];
            reviewed_at: string;
            round: number;
        };
        /**
         * Reused
         * @description Replies of earlier calls to the very same requests, and the US dollars that they had cost.
         *
         *         `exact` is false where so many questions were asked before that some of them stand for all.
         */
        Reused: {
            exact: boolean;
            replies: number;
            /** Format: decimal */
            usd: string;
        };
        /**
         * ReviewBatchRequest
         * @example {
         *       "batch_id": "0198f2a0-7c1e-7d3a-9b1f-2f6f0c8f1a01",
         *       "name": "A tenth of the first look",
         *       "share": 0.1
         *     }
         */
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
         * @description The opinion under review, without its author. `earlier`: what this turn was sent back for, oldest first.
         *
         *         `letters`: slots in the order in which the author saw them, so that a reason names candidates as its reader does.
         */
        ReviewDetail: {
            active_ms: number;
            annotation_id: number;
            aspects: string[];
            assignment_id: number;
            cells: {
                [key: string]: {
                    [key: string]: "major" | "minor" | "none" | "unsure";
                };
            };
            earlier: components["schemas"]["EarlierReview"][];
            fence: number;
            letters: string;
            regions: components["schemas"]["Region"][];
            revision: number;
            submitted_at: string;
        };
        /**
         * ReviewedFigures
         * @description What reviewers said of this person's opinions at first sight; later rounds never change it.
         */
        ReviewedFigures: {
            accepted: number;
            accepted_share: components["schemas"]["Share"];
            fixed: number;
            reviewed: number;
            sent_back: number;
        };
        /**
         * ReviewerFigures
         * @description What this person decided as a reviewer, and how fast; `sent_back_share` is the rejection rate.
         */
        ReviewerFigures: {
            accepted: number;
            fixed: number;
            pace: components["schemas"]["Quartiles"] | null;
            reviewed: number;
            sent_back: number;
            sent_back_share: components["schemas"]["Share"];
        };
        /** ReviewReply */
        ReviewReply: {
            annotation_id: number;
            reviewed_at: string;
            /** @enum {string} */
            verdict: "accepted" | "fixed" | "sent_back";
        };
        /**
         * ReviewRequest
         * @description `regions` say where the reason looks. `fixed`: `cells` and `fixed_regions` are the whole corrected opinion.
         */
        ReviewRequest: {
            /** @default 0 */
            active_ms?: number;
            /** @default null */
            cells?: {
                [key: string]: {
                    [key: string]: "major" | "minor" | "none" | "unsure";
                };
            } | null;
            fence: number;
            /** @default [] */
            fixed_regions?: components["schemas"]["Region"][];
            /** @default  */
            reason?: string;
            /** @default [] */
            regions?: components["schemas"]["Region"][];
            /** @enum {string} */
            verdict: "accepted" | "fixed" | "sent_back";
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
         * RuleChangeRequest
         * @description From which severity on a candidate belongs to the answer.
         * @example {
         *       "threshold": "major"
         *     }
         */
        RuleChangeRequest: {
            /** @enum {unknown} */
            threshold: "major" | "minor";
        };
        /** RuleRow */
        RuleRow: {
            by: string;
            created_at: string;
            threshold: string;
            version: number;
        };
        /**
         * RulingRequest
         * @description The ruled cells; what is left out keeps what the opinions agree on.
         * @example {
         *       "cells": {
         *         "B": {
         *           "physical_shadow": "major"
         *         }
         *       },
         *       "fence": 1,
         *       "reason": "The light falls from the left, so does the shadow."
         *     }
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
         * RunChangeRequest
         * @description A run's cap, in US dollars.
         */
        RunChangeRequest: {
            /** Format: decimal */
            cap: string;
        };
        /**
         * RunCheckRequest
         * @description Looks at `limit` rationales of the run by further calls, drawn at random.
         *
         *         `endpoint_id`: who is asked, the run's own endpoint unless said; `prompt_id`: for reading back and judging, the
         *         newest of that stage unless said.
         */
        RunCheckRequest: {
            /** @default false */
            batched?: boolean;
            /** Format: decimal */
            cap: string;
            /** @default null */
            endpoint_id?: string | null;
            /** @default 100 */
            limit?: number;
            /** @enum {string} */
            probe: "" | "read_back" | "swap" | "no_picture" | "judge";
            /** @default null */
            prompt_id?: string | null;
        };
        /**
         * RunCreateRequest
         * @description A run of the prompt's way and stage; it starts at once unless told not to.
         *
         *         `draws`: an automated question is asked so often and what agrees with the settled answer is kept; a blind-first one
         *         fails so often before the answer is told. `pilot`: after so many questions the run stops for a look. `ask_again`:
         *         also what an earlier call answered. `batched`: asked in batches, cheaper and within a day. `max_tokens`: of a reply,
         *         in place of the prompt's.
         * @example {
         *       "cap": "25.00",
         *       "endpoint_id": "0198f2a0-7c1e-7d3a-9b1f-2f6f0c8f1a02",
         *       "prompt_id": "0198f2a0-7c1e-7d3a-9b1f-2f6f0c8f1a01",
         *       "scope": {
         *         "aspects": [
         *           "physical_shadow"
         *         ],
         *         "limit": 500,
         *         "seed": 7
         *       }
         *     }
         */
        RunCreateRequest: {
            /** @default false */
            ask_again?: boolean;
            /** @default false */
            batched?: boolean;
            /** Format: decimal */
            cap: string;
            /** @default 1 */
            draws?: number;
            /** Format: uuid */
            endpoint_id: string;
            /** @default null */
            max_tokens?: number | null;
            /** @default 0 */
            pilot?: number;
            /** Format: uuid */
            prompt_id: string;
            /**
             * @default rationale
             * @enum {string}
             */
            purpose?: "rationale" | "evaluation" | "check";
            scope?: components["schemas"]["ScopeBody"];
            /** @default true */
            start?: boolean;
        };
        /**
         * RunDetail
         * @description Everything the live page of a run shows. `batches`: the newest first, empty where calls go out singly.
         *
         *         `per_minute`: answers in the last three minutes, of a run that has ended over its whole time.
         */
        RunDetail: {
            at_once: number;
            batches: components["schemas"]["CallBatchRow"][];
            calls_open: number;
            calls_settled: number;
            calls_unknown: number;
            cancelled: number;
            checked: components["schemas"]["CheckedRow"] | null;
            disagreed: number;
            done: number;
            each_ready: string | null;
            ends_at: string | null;
            ends_high: string | null;
            ends_low: string | null;
            examined: components["schemas"]["ExaminationResult"] | null;
            failed: number;
            failed_a_check: number;
            failures: components["schemas"]["FailureRow"][];
            funnel: components["schemas"]["FunnelRow"][];
            judge: components["schemas"]["JudgeRow"] | null;
            latency_p50_ms: number | null;
            latency_p95_ms: number | null;
            per_minute: number;
            ready: number;
            /** Format: decimal */
            reserved: string;
            rests_until: string | null;
            reused: number;
            run: components["schemas"]["RunRow"];
            running: number;
            /** Format: decimal */
            saved: string;
            series: components["schemas"]["MinuteCount"][];
            /** Format: decimal */
            spent: string;
            tokens_in: number | null;
            tokens_out: number | null;
            waiting: number;
            waits_for: components["schemas"]["AwaitedRow"][];
        };
        /**
         * RunEstimate
         * @description US dollars for all questions but what is `reused`. `basis`: `calls` where earlier ones are known, else `guess`.
         *
         *         `max_tokens` is the prompt's; `proposal` another one, where earlier replies say so.
         */
        RunEstimate: {
            basis: string;
            calls: number;
            /** Format: decimal */
            ceiling: string;
            /** Format: decimal */
            high: string;
            input_tokens_each: number;
            /** Format: decimal */
            low: string;
            max_tokens: number;
            /** Format: decimal */
            middle: string;
            output_tokens_each: number;
            proposal: components["schemas"]["TokenLimit"] | null;
            questions: number;
            reused: components["schemas"]["Reused"];
            sandbox: boolean;
            unanswered: number;
            without_pictures: number;
        };
        /**
         * RunEstimateRequest
         * @description What a run would be made of, as RunCreateRequest has it.
         * @example {
         *       "endpoint_id": "0198f2a0-7c1e-7d3a-9b1f-2f6f0c8f1a02",
         *       "prompt_id": "0198f2a0-7c1e-7d3a-9b1f-2f6f0c8f1a01",
         *       "scope": {
         *         "aspects": [
         *           "physical_shadow"
         *         ],
         *         "limit": 500
         *       }
         *     }
         */
        RunEstimateRequest: {
            /** @default false */
            ask_again?: boolean;
            /** @default false */
            batched?: boolean;
            /** @default 1 */
            draws?: number;
            /** Format: uuid */
            endpoint_id: string;
            /** @default null */
            max_tokens?: number | null;
            /** Format: uuid */
            prompt_id: string;
            scope?: components["schemas"]["ScopeBody"];
        };
        /**
         * RunEventList
         * @description `after` continues behind the last one; null when there is no further one yet.
         */
        RunEventList: {
            after: number | null;
            results: components["schemas"]["RunEventRow"][];
        };
        /**
         * RunEventRow
         * @description One event as the trainer told it; `body` has the fields of its kind.
         */
        RunEventRow: {
            at: string;
            body: {
                [key: string]: unknown;
            };
            kind: string;
            n: number;
        };
        /**
         * RungBody
         * @description One rung of a cascade.
         */
        RungBody: {
            /** @default false */
            batched?: boolean;
            /** @default 1 */
            draws?: number;
            /** Format: uuid */
            endpoint_id: string;
            /** Format: uuid */
            prompt_id: string;
        };
        /**
         * RungRow
         * @description One rung; `run` is None until the cascade has come there.
         */
        RungRow: {
            batched: boolean;
            draws: number;
            endpoint: string;
            prompt: string;
            prompt_version: number;
            run: components["schemas"]["RunRow"] | null;
            sandbox: boolean;
            /** @enum {string} */
            stage: "plain" | "skeleton_first" | "blind_first" | "region_grounded" | "read_back" | "judge";
            /** @enum {string} */
            way: "manual" | "automated" | "answer_driven";
        };
        /** RunPage */
        RunPage: {
            after: string | null;
            results: components["schemas"]["RunRow"][];
        };
        /**
         * RunRow
         * @description A run in a list. `needs`: what its next call may cost, where the project's cap stopped it for that.
         */
        RunRow: {
            batched: boolean;
            /** Format: decimal */
            cap: string;
            cascade_id: string | null;
            created_at: string;
            draws: number;
            ended: number;
            endpoint: string;
            finished_at: string | null;
            /** Format: uuid */
            id: string;
            locale: string;
            max_tokens: number;
            model: string;
            needs: string | null;
            number: number;
            /** @enum {string} */
            pause_reason: "" | "person" | "cap" | "project_cap" | "daily_cap" | "key_refused" | "request_refused" | "quota" | "model_changed" | "pilot" | "endpoint_retired";
            pilot_count: number;
            /** @enum {string} */
            probe: "" | "read_back" | "swap" | "no_picture" | "judge";
            prompt: string;
            prompt_version: number;
            /** @enum {string} */
            purpose: "rationale" | "evaluation" | "check";
            question_count: number;
            ready: number;
            sandbox: boolean;
            /** Format: decimal */
            spent: string;
            /** @enum {string} */
            stage: "plain" | "skeleton_first" | "blind_first" | "region_grounded" | "read_back" | "judge";
            started_at: string | null;
            /** @enum {string} */
            state: "planned" | "running" | "paused" | "done" | "cancelled";
            /** @enum {string} */
            way: "manual" | "automated" | "answer_driven";
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
         * SampleLife
         * @description The whole life of a sample. `cells` and `regions` are what stands, merged over the opinions that count.
         *
         *         `trained`: by run, the newest first, and aspect.
         */
        SampleLife: {
            active_ms: number;
            cells: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            events: components["schemas"]["LifeEvent"][];
            metadata: Record<string, never>;
            questions: components["schemas"]["QuestionLife"][];
            rationales: components["schemas"]["LifeRationale"][];
            regions: components["schemas"]["MarkedRegion"][];
            releases: string[];
            row: components["schemas"]["SampleListRow"];
            trained: components["schemas"]["TrainedRow"][];
            training: {
                [key: string]: string;
            };
        };
        /** SampleListPage */
        SampleListPage: {
            after: string | null;
            results: components["schemas"]["SampleListRow"][];
        };
        /**
         * SampleListRow
         * @description A sample in a list. `answers` by aspect: slots with the defect; an unanswered question is absent.
         */
        SampleListRow: {
            answers: {
                [key: string]: string[];
            };
            disputed: string[];
            external_id: string;
            group: string;
            id: number;
            opinion_count: number;
            passed_count: number;
            pictures: components["schemas"]["PictureRow"][];
            rationale_count: number;
            sandbox: boolean;
            sources: {
                [key: string]: string;
            };
            state: string;
            training: string[];
            ways: string[];
        };
        /**
         * ScopeBody
         * @description Which questions, drawn in an order that the seed fixes. `samples` (external ids) narrows to those.
         */
        ScopeBody: {
            /** @default [] */
            aspects?: string[];
            /** @default null */
            limit?: number | null;
            /** @default true */
            only_settled?: boolean;
            /** @default true */
            only_without?: boolean;
            /** @default [] */
            samples?: string[];
            /** @default 0 */
            seed?: number;
        };
        /**
         * SecondOpinionsReply
         * @description On how many pieces one person's opinion is the only one, and by aspect; what an open batch asks is left out.
         */
        SecondOpinionsReply: {
            by_aspect: {
                [key: string]: number;
            };
            pieces: number;
        };
        /**
         * SecondOpinionsRequest
         * @description `aspects` null: all on which the person's opinion is the only one. `most`: so many pieces, the newest first.
         * @example {
         *       "aspects": [
         *         "placement_layout"
         *       ],
         *       "most": 100
         *     }
         */
        SecondOpinionsRequest: {
            /** @default null */
            aspects?: string[] | null;
            /** @default null */
            most?: number | null;
            /** @default  */
            name?: string;
        };
        /**
         * Segment
         * @description A run of words: in both versions, in the earlier only, in the later only.
         */
        Segment: {
            /** @enum {unknown} */
            kind: "added" | "removed" | "same";
            text: string;
        };
        /** SentBackList */
        SentBackList: {
            results: components["schemas"]["SentBackRow"][];
        };
        /**
         * SentBackRow
         * @description An opinion that a reviewer returned. `author` and `reviewer` are told to leads only. Letters as shown then.
         *
         *         `state`: `with_author`, `answered` (revised, and before a reviewer again), or `closed`.
         */
        SentBackRow: {
            assignment_id: number;
            author: string;
            /** Format: uuid */
            batch_id: string;
            closed_at: string | null;
            letters: string;
            reason: string;
            regions: components["schemas"]["Region"][];
            reviewed_at: string;
            reviewer: string;
            round: number;
            sample: string;
            state: string;
        };
        /**
         * SentenceBody
         * @description One sentence. Its text may name candidates by letter, which are slots here, or as `{{A}}`.
         */
        SentenceBody: {
            /** @default null */
            aspect?: string | null;
            /** @default null */
            defect?: boolean | null;
            /** @default [] */
            regions?: string[];
            /** @default null */
            slot?: string | null;
            text: string;
        };
        /** SentenceRow */
        SentenceRow: {
            aspect: string | null;
            defect: boolean | null;
            regions: string[];
            slot: string | null;
            span: [
                number,
                number
            ];
            text: string;
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
        /**
         * SessionUser
         * @description The person; `keys` are their own: page, then Loupe's chord, then theirs. `phrases` too, "" where one is free.
         */
        SessionUser: {
            id: number;
            is_administrator: boolean;
            keys: {
                [key: string]: {
                    [key: string]: string;
                };
            };
            locale: string;
            name: string;
            phrases: string[];
            username: string;
        };
        /**
         * SettingsHistory
         * @description Every version of the answer rule, and the last hundred earlier revisions of aspects, newest first.
         */
        SettingsHistory: {
            aspects: components["schemas"]["FormerAspectRow"][];
            rules: components["schemas"]["RuleRow"][];
        };
        /** ShardRow */
        ShardRow: {
            path: string;
            rows: number;
            sha256: string;
            split: string;
        };
        /**
         * Share
         * @description `count` of `of`, with a Wilson interval of 95 %; null where nothing was counted.
         */
        Share: {
            count: number;
            high: number | null;
            low: number | null;
            of: number;
            value: number | null;
        };
        /**
         * Signal
         * @description `count` of `of` for this person, `others_count` of `others_of` for the others; `p` after correction.
         *
         *         `aspect` where it is about one; `figures` are further numbers by name, each with its unit in the name.
         */
        Signal: {
            aspect: string;
            /** @enum {unknown} */
            code: "accepts_all" | "all_clean" | "even_pace" | "fast" | "gold_over" | "gold_under" | "moved" | "position" | "same_keys" | "sees_less" | "sees_more";
            count: number;
            figures: {
                [key: string]: number;
            };
            of: number;
            others_count: number;
            others_of: number;
            p: number | null;
        };
        /**
         * SignalSizesRequest
         * @description All sizes; what is left out is as usual.
         * @example {
         *       "sizes": {
         *         "fast": 0.15,
         *         "run": 8
         *       }
         *     }
         */
        SignalSizesRequest: {
            sizes: components["schemas"]["Sizes"];
        };
        /**
         * SignInRequest
         * @example {
         *       "password": "a long sentence nobody guesses",
         *       "username": "ravi"
         *     }
         */
        SignInRequest: {
            password: string;
            username: string;
        };
        /**
         * Sizes
         * @description From what size on a signal is worth a look, unlikely as it may be. Shares lie above 0 and are at most 1.
         *
         *         `rush`: a piece is in a rush under this share of the project's median time. `fast`, `difference`, `drop`: how much
         *         larger a share must be than the others' (or the person's own before). `run`: equal matrices in a row. `even`: of
         *         the others' spread of times. `favourite`: Cochran's Q over its largest value. `opinions`: below so many, nothing is
         *         said. `rate`: false discoveries tolerated among all tests of one kind.
         */
        Sizes: {
            /** @default 0.1 */
            difference?: number;
            /** @default 0.08 */
            drop?: number;
            /** @default 0.5 */
            even?: number;
            /** @default 0.1 */
            fast?: number;
            /** @default 0.02 */
            favourite?: number;
            /** @default 30 */
            opinions?: number;
            /** @default 0.01 */
            rate?: number;
            /** @default 6 */
            run?: number;
            /** @default 0.2 */
            rush?: number;
        };
        /** SkippedRow */
        SkippedRow: {
            is_out: boolean;
            name: string;
            note: string;
            /** @enum {string} */
            reason: "broken_picture" | "unclear_guideline" | "not_my_field" | "inappropriate" | "other";
            sample: string;
        };
        /**
         * SkipRequest
         * @example {
         *       "fence": 1,
         *       "note": "Candidate C is grey.",
         *       "reason": "broken_picture"
         *     }
         */
        SkipRequest: {
            fence: number;
            /** @default  */
            note?: string;
            /** @enum {string} */
            reason: "broken_picture" | "unclear_guideline" | "not_my_field" | "inappropriate" | "other";
        };
        /**
         * SliceCreateRequest
         * @example {
         *       "name": "Disputed shadows",
         *       "query": {
         *         "disputed": "physical_shadow"
         *       }
         *     }
         */
        SliceCreateRequest: {
            name: string;
            query: {
                [key: string]: string;
            };
        };
        /** SliceList */
        SliceList: {
            results: components["schemas"]["SliceRow"][];
        };
        /** SliceRow */
        SliceRow: {
            /** Format: uuid */
            id: string;
            name: string;
            query: {
                [key: string]: string;
            };
        };
        /**
         * Standing
         * @description When the figures were made, from how many opinions; `due`: newer work is not in them yet.
         *
         *         They are made in the background; `failure` says why the last attempt did not succeed.
         */
        Standing: {
            due: boolean;
            failure: string;
            made_at: string | null;
            opinions: number;
            took_ms: number;
        };
        /**
         * SubmitRequest
         * @description The whole judgement. Sent with an Idempotency-Key; resending it is harmless.
         * @example {
         *       "active_ms": 21000,
         *       "cells": {
         *         "A": {
         *           "physical_shadow": "none",
         *           "placement_layout": "none"
         *         },
         *         "B": {
         *           "physical_shadow": "major",
         *           "placement_layout": "none"
         *         }
         *       },
         *       "fence": 1,
         *       "regions": [
         *         {
         *           "aspect": "physical_shadow",
         *           "box": [
         *             312,
         *             540,
         *             220,
         *             60
         *           ],
         *           "slot": "B"
         *         }
         *       ]
         *     }
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
         *
         *         `feedback` comes with practice only, `suggestion` where the batch shows imported verdicts after the submit.
         */
        SubmittedReply: {
            active_ms: number;
            annotation_id: number;
            assignment_id: number;
            /** @default null */
            feedback?: components["schemas"]["Feedback"] | null;
            revision: number;
            submitted_at: string;
            /** @default null */
            suggestion?: components["schemas"]["Suggestion"] | null;
        };
        /**
         * Suggestion
         * @description Imported verdicts, as somebody who labels in an assisted batch sees them.
         */
        Suggestion: {
            cells: {
                [key: string]: {
                    [key: string]: "major" | "minor" | "none" | "unsure";
                };
            };
            regions: components["schemas"]["Region"][];
        };
        /** TeamList */
        TeamList: {
            results: components["schemas"]["TeamRow"][];
        };
        /**
         * TeamRequest
         * @example {
         *       "name": "Floor team",
         *       "people": [
         *         3,
         *         4
         *       ]
         *     }
         */
        TeamRequest: {
            name: string;
            people: number[];
        };
        /**
         * TeamRow
         * @description `people`: user ids, all of them members of the project.
         */
        TeamRow: {
            /** Format: uuid */
            id: string;
            name: string;
            people: number[];
        };
        /** TermChangeRow */
        TermChangeRow: {
            after: string;
            before: string;
            name: string;
        };
        /**
         * TermChanges
         * @description What of the terms may change while a batch runs; null takes a cap, floor, deadline or budget away.
         */
        TermChanges: {
            /** @enum {string} */
            after_due?: "go_on" | "pause";
            agreement_floor?: number | null;
            budget_usd?: string | null;
            day_cap?: number | null;
            due_at?: string | null;
            gold_floor?: number | null;
            gold_share?: number;
            gold_window?: number;
            person_cap?: number | null;
            training_count?: number;
            training_floor?: number | null;
        };
        /**
         * Terms
         * @description How a batch is judged, beyond its kind, pieces and number of opinions. The defaults: blind, letters shuffled,
         *         no gold, no caps, no deadline.
         *
         *         Shares lie between 0 and 1. `extra_share` of the pieces, drawn by the seed, want `extra_wanted` opinions more.
         *         `agreement_floor`: below this share of agreeing pairs on a question one more is asked for, up to the maximum.
         *         Every `1 / gold_share`-th turn is hidden gold; below `gold_floor` over `gold_window` gold questions of an aspect the
         *         person is paused. `training_count` practice pieces come first, with feedback; with a `training_floor` nothing else
         *         comes before that share of them is right on each aspect. `budget_usd` warns and stops nobody.
         */
        Terms: {
            /**
             * @default go_on
             * @enum {string}
             */
            after_due?: "go_on" | "pause";
            /** @default null */
            agreement_floor?: number | null;
            /**
             * @default blind
             * @enum {string}
             */
            assist?: "blind" | "after_commit" | "from_start";
            /** @default null */
            budget_usd?: string | null;
            /** @default null */
            day_cap?: number | null;
            /** @default null */
            due_at?: string | null;
            /** @default 0 */
            extra_share?: number;
            /** @default 0 */
            extra_wanted?: number;
            /** @default null */
            gold_floor?: number | null;
            /** @default 0 */
            gold_share?: number;
            /** @default 10 */
            gold_window?: number;
            /** @default null */
            person_cap?: number | null;
            /** @default true */
            shuffled?: boolean;
            /** @default 0 */
            training_count?: number;
            /** @default null */
            training_floor?: number | null;
        };
        /**
         * TestLine
         * @description One thing the test of an endpoint tried.
         */
        TestLine: {
            /** @default  */
            detail?: string;
            name: string;
            passed: boolean;
        };
        /**
         * TokenCreateRequest
         * @example {
         *       "name": "nightly pre-labels"
         *     }
         */
        TokenCreateRequest: {
            name: string;
        };
        /**
         * TokenLimit
         * @description A proposed limit of a reply's tokens: 1.5 times what 99 % of `replies` had at most, never below what was cut off.
         *
         *         `cut_off_share`: of all replies looked at, those that met their limit.
         */
        TokenLimit: {
            cut_off: number;
            cut_off_share: number;
            max_tokens: number;
            p99: number;
            replies: number;
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
        /**
         * TrainedRow
         * @description How one run saw one question. `seen` are the newest of its `visits`, the oldest first.
         */
        TrainedRow: {
            aspect: string;
            exact: number;
            recipe: string;
            rollouts: number;
            /** Format: uuid */
            run_id: string;
            run_number: number;
            seen: components["schemas"]["VisitRow"][];
            state: string;
            visits: number;
        };
        /**
         * TrainingOptions
         * @description What a run can be started with.
         */
        TrainingOptions: {
            endpoints: components["schemas"]["EndpointChoice"][];
            recipes: string[];
        };
        /**
         * TrainingRunCreateRequest
         * @description `endpoint_id` names the endpoint that answers the same test questions.
         * @example {
         *       "recipe": "qwen2.5-vl-3b",
         *       "release": "2026-11",
         *       "seed": 1
         *     }
         */
        TrainingRunCreateRequest: {
            /** @default null */
            endpoint_id?: string | null;
            recipe: string;
            release: string;
            /** @default 0 */
            seed?: number;
            /** @default false */
            smoke?: boolean;
        };
        /**
         * TrainingRunDetail
         * @description Everything about a run but its curves and its doubted questions.
         */
        TrainingRunDetail: {
            best_trivial: string;
            cancel_asked_at: string | null;
            comparisons: components["schemas"]["ComparisonRow"][];
            endpoint: string;
            endpoint_answered: boolean;
            endpoint_note: string;
            endpoint_sandbox: boolean;
            evaluation: components["schemas"]["EvaluationRow"][];
            launched_at: string | null;
            release_hash: string;
            returned: components["schemas"]["ReturnedBatch"][];
            run: components["schemas"]["TrainingRunRow"];
            standings: {
                [key: string]: number;
            };
            step: number;
            steps: number;
        };
        /** TrainingRunList */
        TrainingRunList: {
            after: string | null;
            results: components["schemas"]["TrainingRunRow"][];
        };
        /**
         * TrainingRunRow
         * @description A run in a list; `exact` is the trained model's on the test split, once it was measured.
         */
        TrainingRunRow: {
            created_at: string;
            exact: number | null;
            failure: string;
            finished_at: string | null;
            /** Format: uuid */
            id: string;
            message: string;
            number: number;
            progress: number;
            recipe: string;
            release: string;
            resumable: boolean;
            seed: number;
            smoke: boolean;
            stage: string;
            stage_count: number;
            stage_number: number;
            /** @enum {string} */
            state: "queued" | "preparing" | "running" | "done" | "failed" | "cancelled";
        };
        /**
         * TrialDecision
         * @description The card: the cheapest way that is not worse. `early` when looks were left; `overlapping` names dearer arms whose
         *         cost interval reaches the chosen one's, so that its being cheaper is not settled.
         */
        TrialDecision: {
            arms: components["schemas"]["ArmResult"][];
            chosen: number;
            early: boolean;
            look: number;
            overlapping: number[];
        };
        /**
         * TrialDetail
         * @description A trial. `waiting`: an entry an arm, how many questions of the next look have no rationale yet.
         */
        TrialDetail: {
            arms: components["schemas"]["Arm"][];
            confidence: number;
            decision: components["schemas"]["TrialDecision"] | null;
            ended_at: string | null;
            /** Format: uuid */
            id: string;
            looks: number;
            margin: number;
            name: string;
            number: number;
            per_arm: number;
            reference: number;
            /** @enum {string} */
            rule: "fixed" | "obrien_fleming" | "pocock";
            seed: number;
            started_at: string;
            /** @enum {string} */
            state: "running" | "decided" | "cancelled";
            taken: components["schemas"]["LookRow"][];
            waiting: number[];
        };
        /**
         * TrialList
         * @description Newest first.
         */
        TrialList: {
            results: components["schemas"]["TrialRow"][];
        };
        /**
         * TrialPlan
         * @description The chance to show "not worse" by the end when the way is as good as its reference, and the z to reach.
         */
        TrialPlan: {
            boundaries: (number | null)[];
            chance: number;
            questions: number;
        };
        /**
         * TrialRow
         * @description A trial in a list.
         */
        TrialRow: {
            arms: string[];
            chosen: string;
            /** Format: uuid */
            id: string;
            looks: number;
            name: string;
            number: number;
            per_arm: number;
            started_at: string;
            /** @enum {string} */
            state: "running" | "decided" | "cancelled";
        };
        /**
         * TrialStartRequest
         * @description `reference` is the place of the way that the others are held against; `aspects` by key, none: all.
         */
        TrialStartRequest: {
            arms: components["schemas"]["ArmBody"][];
            /** @default [] */
            aspects?: string[];
            /** @default 0.95 */
            confidence?: number;
            /** @default 4 */
            looks?: number;
            /** @default 0.1 */
            margin?: number;
            name: string;
            /** @default 100 */
            per_arm?: number;
            /** @default 0 */
            reference?: number;
            /**
             * @default obrien_fleming
             * @enum {string}
             */
            rule?: "fixed" | "obrien_fleming" | "pocock";
            /** @default 1 */
            seed?: number;
        };
        /**
         * UsedRow
         * @description US dollars: paid for, and reserved for calls that are open.
         */
        UsedRow: {
            /** Format: decimal */
            reserved: string;
            /** Format: decimal */
            spent: string;
        };
        /**
         * VerdictRequest
         * @description `accepted` null takes the last verdict back.
         */
        VerdictRequest: {
            accepted: boolean | null;
            /** @default 0 */
            active_ms?: number;
            /** @default null */
            first_fault?: number | null;
            /** @default  */
            note?: string;
            /** @default null */
            reason?: ("wrong_conclusion" | "not_in_picture" | "misses_defect" | "contradicts_itself" | "gives_answer_away" | "unreadable") | null;
        };
        /** Verified */
        Verified: {
            faults: string[];
            intact: boolean;
            rows: number;
        };
        /**
         * VersionFiguresRow
         * @description What one version of a prompt led to; no `groups` before its first call, two when it ran in a sandbox too.
         */
        VersionFiguresRow: {
            failures: components["schemas"]["FailureShareRow"][];
            groups: components["schemas"]["GroupEconomicsRow"][];
            /** Format: uuid */
            id: string;
            locale: string;
            name: string;
            pass_rate: components["schemas"]["IntervalRow"];
            version: number;
        };
        /**
         * VersionRow
         * @description One version of a rationale; `kept_share` is how much of the one before survived, `edit_distance` in words.
         */
        VersionRow: {
            active_ms: number;
            author: string;
            created_at: string;
            edit_distance: number | null;
            id: number;
            kept_share: number | null;
            /** @enum {string} */
            origin: "run" | "person" | "imported";
        };
        /**
         * VisitRow
         * @description One visit in training: of so many rollouts, so many exact.
         */
        VisitRow: {
            exact: number;
            of: number;
            stage: string;
            step: number;
        };
        /**
         * WaitingElsewhere
         * @description Another open batch of the kind, and how many that fit wait there.
         */
        WaitingElsewhere: {
            count: number;
            /** Format: uuid */
            id: string;
            number: number;
        };
        /** WayCostRow */
        WayCostRow: {
            active_ms: number;
            /** Format: decimal */
            active_usd: string;
            /** Format: decimal */
            calls_usd: string;
            latest: number;
            passed: number;
            /** Format: decimal */
            total_usd: string;
            /** @enum {string} */
            way: "manual" | "automated" | "answer_driven";
        };
        /**
         * WayCount
         * @description Rationales of one way and stage.
         */
        WayCount: {
            rationales: number;
            sandbox: number;
            stage: string;
            way: string;
        };
        /**
         * WeekFigure
         * @description Alpha of one aspect over the samples whose last opinion came in the week that begins on `week` (a Monday).
         */
        WeekFigure: {
            alpha: number | null;
            aspect: string;
            high: number | null;
            low: number | null;
            samples: number;
            /** Format: date */
            week: string;
        };
        /**
         * WorkCost
         * @description US dollars of one kind of work.
         */
        WorkCost: {
            /** Format: decimal */
            usd: string;
            /** @enum {string} */
            work: "writing" | "rework" | "audit" | "judging";
        };
        /**
         * WritingBatchRequest
         * @description A batch in which people write rationales, one question a piece; `also_open`: with what waits in open ones too.
         * @example {
         *       "name": "Shadows by hand",
         *       "scope": {
         *         "aspects": [
         *           "physical_shadow"
         *         ],
         *         "limit": 50
         *       }
         *     }
         */
        WritingBatchRequest: {
            /** @default false */
            also_open?: boolean;
            name: string;
            scope?: components["schemas"]["ScopeBody"];
        };
        /**
         * WritingEvidence
         * @description How a person's text came about, in characters; pauses between keys in ms. Evidence, not a verdict.
         */
        WritingEvidence: {
            pasted: number;
            pasted_share: number | null;
            pastes: number;
            pause_p10_ms: number | null;
            pause_p50_ms: number | null;
            pause_p90_ms: number | null;
            phrased: number;
            phrases: number;
            text_characters: number;
            typed: number;
        };
        /**
         * WritingTrace
         * @description How a person's text came about: evidence of what was typed, never a judgement.
         *
         *         `typed`, `pasted` and `phrased` count characters: dropped ones among the pasted, `phrased` those of the person's own
         *         phrases, inserted by a key. `pastes` and `phrases` count the times. `gaps[i]` is how many pauses between two keys
         *         fell below `purity.GAP_EDGES_MS[i]` and not below the edge before.
         */
        WritingTrace: {
            /** @default [] */
            gaps?: number[];
            /** @default 0 */
            pasted?: number;
            /** @default 0 */
            pastes?: number;
            /** @default 0 */
            phrased?: number;
            /** @default 0 */
            phrases?: number;
            /** @default 0 */
            typed?: number;
        };
        /**
         * WrongCellRow
         * @description `letter`: as the person saw the candidate.
         */
        WrongCellRow: {
            aspect: string;
            expected: string;
            letter: string;
            said: string;
            slot: string;
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
                /** @description Only this batch. */
                batch?: string;
                /** @description Only opinions under this version of the guideline. */
                guideline?: number;
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
    consensusPolicyGet: {
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
                    "application/json": components["schemas"]["ConsensusPolicyReply"];
                };
            };
        };
    };
    consensusPolicyPut: {
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
                "application/json": components["schemas"]["ConsensusPolicyRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsensusPolicyReply"];
                };
            };
        };
    };
    pairsGet: {
        parameters: {
            query?: {
                /** @description All together when left out. */
                aspect?: string;
                /** @description Only this batch. */
                batch?: string;
                /** @description Only opinions under this version of the guideline. */
                guideline?: number;
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
                    "application/json": components["schemas"]["PairsReply"];
                };
            };
        };
    };
    peopleAtWorkGet: {
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
                    "application/json": components["schemas"]["PeopleAtWork"];
                };
            };
        };
    };
    secondOpinionsGet: {
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
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondOpinionsReply"];
                };
            };
        };
    };
    secondOpinionsPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SecondOpinionsRequest"];
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
    refreshPost: {
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
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Standing"];
                };
            };
        };
    };
    behindGet: {
        parameters: {
            query?: {
                aspect?: string;
                /** @description Only this batch. */
                batch?: string;
                /** @description Only opinions under this version of the guideline. */
                guideline?: number;
                model?: boolean;
                /** @description Two user ids: `12,34`. For leads. */
                pair?: string;
                /** @description A user id. For leads. */
                person?: number;
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
                    "application/json": components["schemas"]["BehindReply"];
                };
            };
        };
    };
    signalSizesGet: {
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
                    "application/json": components["schemas"]["Sizes"];
                };
            };
        };
    };
    signalSizesPut: {
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
                "application/json": components["schemas"]["SignalSizesRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sizes"];
                };
            };
        };
    };
    recountGet: {
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
                    "application/json": components["schemas"]["RecountReply"];
                };
            };
        };
    };
    recountPost: {
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
                    "application/json": components["schemas"]["RecountReply"];
                };
            };
        };
    };
    appealsGet: {
        parameters: {
            query?: {
                all?: boolean;
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
                    "application/json": components["schemas"]["AppealList"];
                };
            };
        };
    };
    appealDecisionPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                appeal_id: number;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppealDecisionRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppealReply"];
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
    aspectsPut: {
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
                "application/json": components["schemas"]["AspectOrderRequest"];
            };
        };
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
    aspectsPost: {
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
                "application/json": components["schemas"]["AspectAddRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AspectList"];
                };
            };
        };
    };
    aspectDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
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
    aspectRestorePost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
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
    appealPost: {
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
                "application/json": components["schemas"]["AppealRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppealReply"];
                };
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
    assignmentRationaleGet: {
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
                    "application/json": components["schemas"]["RationaleTask"];
                };
            };
        };
    };
    assignmentRationalePost: {
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
                "application/json": components["schemas"]["RationaleWriteRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckReport"];
                };
            };
        };
    };
    assignmentRationaleCheckPost: {
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
                "application/json": components["schemas"]["RationaleCheckRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckReport"];
                };
            };
        };
    };
    assignmentReadingPost: {
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
                "application/json": components["schemas"]["ReadingRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadingReport"];
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
    sentBackGet: {
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
                    "application/json": components["schemas"]["ReturnedList"];
                };
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
    lotsGet: {
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
                    "application/json": components["schemas"]["LotList"];
                };
            };
        };
    };
    lotsPost: {
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
                "application/json": components["schemas"]["LotDrawRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LotRow"];
                };
            };
        };
    };
    lotGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lot_id: string;
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
                    "application/json": components["schemas"]["LotRow"];
                };
            };
        };
    };
    lotPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lot_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LotDecideRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LotRow"];
                };
            };
        };
    };
    lotEntriesGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lot_id: string;
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
                    "application/json": components["schemas"]["EntryList"];
                };
            };
        };
    };
    verdictPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entry_id: number;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerdictRequest"];
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
    batchDraftsGet: {
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
                    "application/json": components["schemas"]["BatchDraftList"];
                };
            };
        };
    };
    batchDraftsPost: {
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
                "application/json": components["schemas"]["BatchDraftRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchDraftDetail"];
                };
            };
        };
    };
    batchDraftGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft_id: string;
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
                    "application/json": components["schemas"]["BatchDraftDetail"];
                };
            };
        };
    };
    batchDraftPut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchDraftRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchDraftDetail"];
                };
            };
        };
    };
    batchDraftDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft_id: string;
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
    resumePersonPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch_id: string;
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
    budgetGet: {
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
                    "application/json": components["schemas"]["BudgetRow"];
                };
            };
        };
    };
    budgetPut: {
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
                "application/json": components["schemas"]["BudgetRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetRow"];
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
    economicsGet: {
        parameters: {
            query?: {
                by?: "aspect" | "model" | "prompt" | "way";
                /** @description Key of a group: costs at its accept rate too. */
                quality_of?: string;
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
                    "application/json": components["schemas"]["EconomicsDetail"];
                };
            };
        };
    };
    peopleBudgetGet: {
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
                    "application/json": components["schemas"]["MonthDetail"];
                };
            };
        };
    };
    peopleBudgetPut: {
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
                "application/json": components["schemas"]["PeopleBudgetRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonthDetail"];
                };
            };
        };
    };
    ratesPost: {
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
                "application/json": components["schemas"]["RateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateRow"];
                };
            };
        };
    };
    endpointsGet: {
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
                    "application/json": components["schemas"]["EndpointList"];
                };
            };
        };
    };
    endpointsPost: {
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
                "application/json": components["schemas"]["EndpointCreateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointRow"];
                };
            };
        };
    };
    endpointGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpoint_id: string;
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
                    "application/json": components["schemas"]["EndpointRow"];
                };
            };
        };
    };
    endpointPatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpoint_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EndpointChangeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointRow"];
                };
            };
        };
    };
    endpointPricesPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpoint_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PriceRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndpointRow"];
                };
            };
        };
    };
    endpointTestPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                endpoint_id: string;
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
                    "application/json": components["schemas"]["EndpointTest"];
                };
            };
        };
    };
    goldsGet: {
        parameters: {
            query?: {
                /** @description The last page's `after`. */
                after?: string;
                /** @description 1 to 200. */
                limit?: number;
                purpose?: "gold" | "training";
                /** @description Only retired ones, or only live ones. */
                retired?: boolean;
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
                    "application/json": components["schemas"]["GoldList"];
                };
            };
        };
    };
    goldsPost: {
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
                "application/json": components["schemas"]["GoldRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GoldMade"];
                };
            };
        };
    };
    goldRetirePost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                gold_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GoldRetireRequest"];
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
    goldSummaryGet: {
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
                    "application/json": components["schemas"]["GoldSummary"];
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
    outdatedGet: {
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
                    "application/json": components["schemas"]["OutdatedReply"];
                };
            };
        };
    };
    outdatedPost: {
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
                "application/json": components["schemas"]["OutdatedBatchRequest"];
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
                    /** @description One refused row keeps everything out. */
                    strict?: boolean;
                    /** @description Take rows that differ from what is stored. */
                    update?: boolean;
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
            query?: {
                after?: string;
                limit?: number;
            };
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
            query?: {
                after?: string;
                /** @description The first word of a field: `candidates`, `verdicts`, `line`. */
                field?: string;
                limit?: number;
                /** @description In the id, the field or the reason. */
                text?: string;
            };
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
    importReportGet: {
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
                    "application/x-ndjson": string;
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
    mirrorGet: {
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
                    "application/json": components["schemas"]["MirrorReply"];
                };
            };
        };
    };
    overviewGet: {
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
                    "application/json": components["schemas"]["OverviewDetail"];
                };
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
    prelabelsPost: {
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
                "application/json": components["schemas"]["PrelabelRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrelabelReply"];
                };
            };
        };
    };
    promptVersionsGet: {
        parameters: {
            query: {
                after: string;
                before: string;
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
                    "application/json": components["schemas"]["PromptVersions"];
                };
            };
        };
    };
    promptsGet: {
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
                    "application/json": components["schemas"]["PromptList"];
                };
            };
        };
    };
    promptsPost: {
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
                "application/json": components["schemas"]["PromptSaveRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptRow"];
                };
            };
        };
    };
    promptGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prompt_id: string;
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
                    "application/json": components["schemas"]["PromptRow"];
                };
            };
        };
    };
    promptOffersPost: {
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
                "application/json": components["schemas"]["PromptOfferRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptRow"];
                };
            };
        };
    };
    promptOfferDeclinePost: {
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
                "application/json": components["schemas"]["PromptOfferRequest"];
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
    promptPreviewPost: {
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
                "application/json": components["schemas"]["PromptPreviewRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptPreview"];
                };
            };
        };
    };
    cascadesGet: {
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
                    "application/json": components["schemas"]["CascadeList"];
                };
            };
        };
    };
    cascadesPost: {
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
                "application/json": components["schemas"]["CascadeCreateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CascadeRow"];
                };
            };
        };
    };
    cascadeGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cascade_id: string;
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
                    "application/json": components["schemas"]["CascadeRow"];
                };
            };
        };
    };
    cascadeCancelPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cascade_id: string;
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
                    "application/json": components["schemas"]["CascadeRow"];
                };
            };
        };
    };
    rationaleRunsGet: {
        parameters: {
            query?: {
                /** @description Where the last page ended. */
                after?: string;
                /** @description At most 200. */
                limit?: number;
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
                    "application/json": components["schemas"]["RunPage"];
                };
            };
        };
    };
    rationaleRunsPost: {
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
                "application/json": components["schemas"]["RunCreateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunRow"];
                };
            };
        };
    };
    rationaleRunGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
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
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
        };
    };
    rationaleRunPatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunChangeRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
        };
    };
    rationaleRunCancelPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
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
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
        };
    };
    rationaleRunChecksPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunCheckRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunRow"];
                };
            };
        };
    };
    rationaleRunPausePost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
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
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
        };
    };
    rationaleRunStartPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
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
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
        };
    };
    rationaleRunStopWaitingPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
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
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
        };
    };
    rationaleRunEstimatePost: {
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
                "application/json": components["schemas"]["RunEstimateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunEstimate"];
                };
            };
        };
    };
    rationalesGet: {
        parameters: {
            query?: {
                /** @description Where the last page ended. */
                after?: string;
                /** @description Aspect key. */
                aspect?: string;
                failed_check?: "argued" | "conclusion" | "contradiction" | "grounding" | "judge" | "leak" | "no_picture" | "phrasing" | "probe" | "reading" | "rederived" | "schema" | "style" | "swap" | "tone";
                /** @description At most 200. */
                limit?: number;
                passed?: boolean;
                run?: string;
                /** @description External id. */
                sample?: string;
                /** @description Words or parts of them, all of which the text has; in any language. */
                text?: string;
                way?: "answer_driven" | "automated" | "manual";
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
                    "application/json": components["schemas"]["RationalePage"];
                };
            };
        };
    };
    rationaleGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rationale_id: number;
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
                    "application/json": components["schemas"]["RationaleDetail"];
                };
            };
        };
    };
    rationaleRevisePost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                rationale_id: number;
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RationaleReviseRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RationaleDetail"];
                };
            };
        };
    };
    readingBatchPost: {
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
                "application/json": components["schemas"]["RationaleBatchRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandworkBatch"];
                };
            };
        };
    };
    revisingBatchPost: {
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
                "application/json": components["schemas"]["RationaleBatchRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandworkBatch"];
                };
            };
        };
    };
    rationaleSummaryGet: {
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
                    "application/json": components["schemas"]["RationaleSummary"];
                };
            };
        };
    };
    writingBatchPost: {
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
                "application/json": components["schemas"]["WritingBatchRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HandworkBatch"];
                };
            };
        };
    };
    releasesGet: {
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
                    "application/json": components["schemas"]["ReleaseList"];
                };
            };
        };
    };
    releasesPost: {
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
                "application/json": components["schemas"]["ReleaseCutRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseDetail"];
                };
            };
        };
    };
    releaseGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
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
                    "application/json": components["schemas"]["ReleaseDetail"];
                };
            };
        };
    };
    releaseCardGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
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
                    "application/json": components["schemas"]["Card"];
                };
            };
        };
    };
    releaseChangesGet: {
        parameters: {
            query?: {
                against?: string;
            };
            header?: never;
            path: {
                name: string;
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
                    "application/json": components["schemas"]["DifferenceDetail"];
                };
            };
        };
    };
    changedRowsGet: {
        parameters: {
            query?: {
                after?: string;
                against?: string;
                kind?: "added" | "changed" | "removed";
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
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
                    "application/json": components["schemas"]["ChangedPage"];
                };
            };
        };
    };
    releaseVerifyPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
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
                    "application/json": components["schemas"]["Verified"];
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
    rulePut: {
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
                "application/json": components["schemas"]["RuleChangeRequest"];
            };
        };
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
    samplesGet: {
        parameters: {
            query?: {
                after?: string;
                disputed?: string;
                group?: string;
                judged?: string;
                limit?: number;
                rationale?: string;
                sandbox?: string;
                state?: string;
                text?: string;
                training?: string;
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
                    "application/json": components["schemas"]["SampleListPage"];
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
    sampleLifeGet: {
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
                    "application/json": components["schemas"]["SampleLife"];
                };
            };
        };
    };
    facetsGet: {
        parameters: {
            query?: {
                disputed?: string;
                group?: string;
                judged?: string;
                rationale?: string;
                sandbox?: string;
                state?: string;
                text?: string;
                training?: string;
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
                    "application/json": components["schemas"]["Facets"];
                };
            };
        };
    };
    matchPost: {
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
                "application/json": components["schemas"]["MatchRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchedSamples"];
                };
            };
        };
    };
    sentBackListGet: {
        parameters: {
            query?: {
                all?: boolean;
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
                    "application/json": components["schemas"]["SentBackList"];
                };
            };
        };
    };
    settingsHistoryGet: {
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
                    "application/json": components["schemas"]["SettingsHistory"];
                };
            };
        };
    };
    slicesGet: {
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
                    "application/json": components["schemas"]["SliceList"];
                };
            };
        };
    };
    slicesPost: {
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
                "application/json": components["schemas"]["SliceCreateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SliceRow"];
                };
            };
        };
    };
    sliceDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slice_id: string;
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
    teamsGet: {
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
                    "application/json": components["schemas"]["TeamList"];
                };
            };
        };
    };
    teamsPost: {
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
                "application/json": components["schemas"]["TeamRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamRow"];
                };
            };
        };
    };
    teamPut: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
                team_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamRow"];
                };
            };
        };
    };
    teamDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
                team_id: string;
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
    exportsGet: {
        parameters: {
            query: {
                release: string;
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
                    "application/json": components["schemas"]["ExportList"];
                };
            };
        };
    };
    exportsPost: {
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
                "application/json": components["schemas"]["ExportCreateRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportRow"];
                };
            };
        };
    };
    exportFileGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
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
                    "application/zip": string;
                };
            };
        };
    };
    leaderboardGet: {
        parameters: {
            query?: {
                release?: string;
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
                    "application/json": components["schemas"]["Leaderboard"];
                };
            };
        };
    };
    trainingOptionsGet: {
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
                    "application/json": components["schemas"]["TrainingOptions"];
                };
            };
        };
    };
    trainingRunsGet: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
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
                    "application/json": components["schemas"]["TrainingRunList"];
                };
            };
        };
    };
    trainingRunsPost: {
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
                "application/json": components["schemas"]["TrainingRunCreateRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingRunRow"];
                };
            };
        };
    };
    trainingRunGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
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
                    "application/json": components["schemas"]["TrainingRunDetail"];
                };
            };
        };
    };
    returnBatchesPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReturnBatchRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnBatchReply"];
                };
            };
        };
    };
    trainingRunCancelPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
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
                    "application/json": components["schemas"]["TrainingRunDetail"];
                };
            };
        };
    };
    trainingRunEventsGet: {
        parameters: {
            query?: {
                after?: number;
            };
            header?: never;
            path: {
                run_id: string;
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
                    "application/json": components["schemas"]["RunEventList"];
                };
            };
        };
    };
    trainingRunLogGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
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
                    "application/json": components["schemas"]["LogTail"];
                };
            };
        };
    };
    doubtsGet: {
        parameters: {
            query?: {
                limit?: number;
                order?: "loss" | "standing";
                standing?: string;
            };
            header?: never;
            path: {
                run_id: string;
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
                    "application/json": components["schemas"]["DoubtList"];
                };
            };
        };
    };
    trainingRunResumePost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
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
                    "application/json": components["schemas"]["TrainingRunDetail"];
                };
            };
        };
    };
    trialsGet: {
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
                    "application/json": components["schemas"]["TrialList"];
                };
            };
        };
    };
    trialsPost: {
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
                "application/json": components["schemas"]["TrialStartRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrialDetail"];
                };
            };
        };
    };
    trialGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
                trial_id: string;
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
                    "application/json": components["schemas"]["TrialDetail"];
                };
            };
        };
    };
    trialCancelPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
                trial_id: string;
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
                    "application/json": components["schemas"]["TrialDetail"];
                };
            };
        };
    };
    trialLookPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                slug: string;
                trial_id: string;
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
                    "application/json": components["schemas"]["TrialDetail"];
                };
            };
        };
    };
    trialPlanGet: {
        parameters: {
            query?: {
                arms?: number;
                confidence?: number;
                looks?: number;
                margin?: number;
                per_arm?: number;
                rate?: number;
                rule?: "fixed" | "obrien_fleming" | "pocock";
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
                    "application/json": components["schemas"]["TrialPlan"];
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
    keysPut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeysRequest"];
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
    phrasesPut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhrasesRequest"];
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
