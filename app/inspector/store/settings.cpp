// SPDX-License-Identifier: MIT
#include "settings.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QLockFile>
#include <QtCore/QSettings>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector::Settings {

static QSettings &synced()
{
    static const QString file = qEnvironmentVariable("SOJOURN_INSPECTOR_SETTINGS");
    static auto *store = file.isEmpty() ? new QSettings(u"Sojourn"_s, u"Inspector"_s) : new QSettings(file, QSettings::IniFormat);
    store->sync(); // reads what another process has written since
    return *store;
}

QVariant value(const QString &key)
{
    return synced().value(key);
}

void setValue(const QString &key, const QVariant &value)
{
    if (synced().value(key) != value)
        change([&](QSettings &store) { store.setValue(key, value); });
}

void remove(const QString &key)
{
    change([&](QSettings &store) { store.remove(key); });
}

void read(const std::function<void(QSettings &)> &use)
{
    use(synced());
}

void change(const std::function<void(QSettings &)> &use)
{
    // QSettings locks the file for each sync() alone; reading, changing and writing must be one step.
    const QString file = synced().fileName();
    QDir().mkpath(QFileInfo(file).path());
    QLockFile lock(file + ".changing"_L1);
    lock.setStaleLockTime(5000);
    (void)lock.tryLock(2000); // a folder that nobody can write to is no reason not to start
    QSettings &store = synced();
    use(store);
    store.sync();
}

} // namespace Sojourn::Inspector::Settings
