// SPDX-License-Identifier: MIT
#include "exchange_p.h"

#include "sessionmanager_p.h"

namespace Sojourn {

void Exchange::answer(std::unique_ptr<Exchange> exchange, QHttpServerResponse &&response)
{
    Exchange &self = *exchange;
    if (!self.session) {
        self.channel.write(std::move(response));
        return;
    }
    if (!self.hasHeaders) {
        self.manager->finishWithoutHeaders(response, self.session);
        self.channel.write(std::move(response));
        return;
    }
    Task<void> committing = self.session->commit(hasFailed(response));
    if (committing.isFinished()) {
        self.manager->finish(response, self.session, committing.takeResult());
        self.channel.write(std::move(response));
        return;
    }
    self.channel.hold();
    committing.then([exchange = std::move(exchange), response = std::move(response)](Result<void> committed) mutable {
        exchange->manager->finish(response, exchange->session, committed);
        exchange->channel.write(std::move(response));
        // So that those whose changes were saved together come back together, and the next ones are, too.
        exchange->channel.flush();
    });
}

} // namespace Sojourn
