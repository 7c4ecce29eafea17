// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QVariant>

#include <functional>

class QSettings;

/// What the inspector remembers: in the settings of the user, or in the file named by SOJOURN_INSPECTOR_SETTINGS. Several
/// inspectors share the file. A change is merged into what the others saved, and is on the disk when the call returns.
namespace Sojourn::Inspector::Settings {

/// As it is on the disk now.
[[nodiscard]] QVariant value(const QString &key);
/// Writes only if \a value is another one.
void setValue(const QString &key, const QVariant &value);
/// Removes \a key and all keys below it.
void remove(const QString &key);

/// Calls \a use with the settings as they are on the disk now.
void read(const std::function<void(QSettings &store)> &use);
/// The same to change them; no other inspector writes meanwhile.
void change(const std::function<void(QSettings &store)> &use);

} // namespace Sojourn::Inspector::Settings
