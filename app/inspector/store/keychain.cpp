// SPDX-License-Identifier: MIT
#include "keychain.h"

#include <Sojourn/Stores>

#ifdef SOJOURN_HAVE_KEYCHAIN
#include <qt6keychain/keychain.h>
#endif

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector::Keychain {

namespace {

#ifdef SOJOURN_HAVE_KEYCHAIN
class SystemBackend final : public Backend
{
public:
    void read(const QString &key, QObject *context, Done done) override
    {
        auto *job = new QKeychain::ReadPasswordJob(Service);
        job->setKey(key);
        QObject::connect(job, &QKeychain::Job::finished, context, [job, done = std::move(done)] {
            done(job->error() == QKeychain::NoError ? std::optional(job->textData()) : std::nullopt);
        });
        job->start();
    }
    void write(const QString &key, const QString &password) override
    {
        auto *job = new QKeychain::WritePasswordJob(Service);
        job->setKey(key);
        job->setTextData(password);
        job->start();
    }
    void remove(const QString &key) override
    {
        auto *job = new QKeychain::DeletePasswordJob(Service);
        job->setKey(key);
        job->start();
    }

private:
    inline static const QString Service = u"sojourn-inspector"_s;
};

std::unique_ptr<Backend> systemBackend()
{
    return std::make_unique<SystemBackend>(); // whether a service is there shows when it is asked
}
#else
std::unique_ptr<Backend> systemBackend()
{
    return nullptr;
}
#endif

std::unique_ptr<Backend> &backend()
{
    static std::unique_ptr<Backend> used = systemBackend();
    return used;
}

} // namespace

bool isAvailable()
{
    return backend() != nullptr;
}

void read(const QString &url, QObject *context, Done done)
{
    if (backend())
        backend()->read(displayUrl(url), context, std::move(done));
    else
        done({});
}

void write(const QString &url, const QString &password)
{
    if (backend())
        backend()->write(displayUrl(url), password);
}

void remove(const QString &url)
{
    if (backend())
        backend()->remove(displayUrl(url));
}

void setBackend(std::unique_ptr<Backend> used)
{
    backend() = used ? std::move(used) : systemBackend();
}

} // namespace Sojourn::Inspector::Keychain
