// SPDX-License-Identifier: MIT
#include "recordrules_p.h"

#include "sessionstore.h"

#include <Sojourn/author.h>
#include <Sojourn/recordfields_p.h>

namespace Sojourn::Detail {

bool movesKey(const SessionKey &recordKey, const RecordCall &call)
{
    const bool isRenewedAlready = call.grace.count() != 0 && recordKey != call.key;
    return call.newKey && *call.newKey != recordKey && !isRenewedAlready;
}

Result<RecordStep> recordAfter(SessionRecord &&before, const SessionChange &change, const RecordCall &call)
{
    const SessionKey key = before.key;
    const bool moves = movesKey(key, call);
    const bool keepsSecret = call.newKey && !moves && !before.csrfSecret.isEmpty();
    const bool changesUser = change.user && *change.user != before.user;
    const QByteArray visit = before.visit;
    const bool changesSecret = !keepsSecret && !change.csrfSecret.isEmpty() && change.csrfSecret != before.csrfSecret;
    const qsizetype flashSize = before.flash.size();
    const QByteArray secret = keepsSecret ? before.csrfSecret : QByteArray();
    const quint64 version = before.version;
    const bool isMarked = before.rotateRequested;
    const std::pair times(before.lastSeenAt, before.expiresAt);

    // the one that is returned: it is large
    Result<RecordStep> made(RecordStep{.record = std::move(before), .event = {}, .end = {}});
    RecordStep &step = *made;
    SessionRecord &record = step.record;
    const Result<bool> rises = change.applyTo(record, call.now, call.sizeLimit);
    if (!rises) {
        made = std::unexpected(rises.error());
        return made;
    }

    step.changesUser = changesUser;
    const bool logsIn = changesUser && !record.user.isEmpty();
    step.endsGraces = logsIn || (moves && call.grace.count() <= 0);
    if (keepsSecret)
        record.csrfSecret = secret;

    std::optional<SessionEvent::Type> type;
    if (moves) {
        step.oldKey = step.endsGraces ? RecordStep::OldKey::Replaced : RecordStep::OldKey::InGrace;
        record.key = *call.newKey;
        record.idIssuedAt = call.now;
        record.rotateRequested = false;
        record.version = versionAfter(version);
        type = SessionEvent::Rotated;
    } else if (*rises || record.rotateRequested != isMarked || record.flash.size() != flashSize || changesSecret) {
        type = SessionEvent::Changed;
    } else if (times != std::pair(record.lastSeenAt, record.expiresAt) || record.visit != visit) {
        type = SessionEvent::Touched;
    }
    if (type) {
        step.event = SessionEvent{.type = *type,
                                  .key = record.key,
                                  .oldKey = moves ? std::optional(key) : std::nullopt,
                                  .user = record.user,
                                  .at = call.now,
                                  .version = record.version,
                                  .reason = {}};
        Author::sign(*step.event);
        if (!step.event->by.isEmpty() && record.isExpired(call.now)) {
            step.end = step.event;
            step.end->type = SessionEvent::Expired;
            step.end->oldKey.reset();
            step.end->reason = record.expiryReason();
        }
    }
    return made;
}

} // namespace Sojourn::Detail
