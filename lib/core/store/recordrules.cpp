// SPDX-License-Identifier: MIT
#include "recordrules_p.h"

#include "sessionstore.h"

namespace Sojourn::Detail {

bool movesKey(const SessionKey &recordKey, const RecordCall &call)
{
    const bool isRenewedAlready = call.grace.count() > 0 && recordKey != call.key;
    return call.newKey && *call.newKey != recordKey && !isRenewedAlready;
}

Result<RecordStep> recordAfter(const SessionRecord &before, const SessionChange &change, const RecordCall &call)
{
    RecordStep step{.record = before, .event = {}};
    SessionRecord &record = step.record;
    const Result<bool> rises = change.applyTo(record, call.now, call.sizeLimit);
    if (!rises)
        return std::unexpected(rises.error());

    const bool moves = movesKey(before.key, call);
    step.changesUser = record.user != before.user;
    const bool logsIn = step.changesUser && !record.user.isEmpty();
    step.endsGraces = logsIn || (moves && call.grace.count() <= 0);
    if (call.newKey && !moves && !before.csrfSecret.isEmpty())
        record.csrfSecret = before.csrfSecret;

    std::optional<SessionEvent::Type> type;
    if (moves) {
        step.oldKey = step.endsGraces ? RecordStep::OldKey::Replaced : RecordStep::OldKey::InGrace;
        record.key = *call.newKey;
        record.idIssuedAt = call.now;
        record.rotateRequested = false;
        record.version = before.version + 1;
        type = SessionEvent::Rotated;
    } else {
        type = changeEvent(before, record);
    }
    if (type) {
        step.event = SessionEvent{.type = *type,
                                  .key = record.key,
                                  .oldKey = moves ? std::optional(before.key) : std::nullopt,
                                  .user = record.user,
                                  .at = call.now,
                                  .version = record.version,
                                  .reason = {}};
    }
    return step;
}

} // namespace Sojourn::Detail
