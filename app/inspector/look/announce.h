// SPDX-License-Identifier: MIT
#pragma once

#include <QtGui/QAccessible>
#include <QtWidgets/QWidget>

#include <functional>

namespace Sojourn::Inspector {

/// Hears what is announced, for tests: not every platform has a screen reader to listen to.
inline std::function<void(const QString &text)> announcementListener;

/// Has a screen reader say \a text, which has just appeared at \a widget.
inline void announce(QWidget *widget, const QString &text)
{
    if (text.isEmpty())
        return;
    if (announcementListener)
        announcementListener(text);
    if (!QAccessible::isActive())
        return;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(widget, text);
#else
    widget->setAccessibleDescription(text); // what an alert of this widget says
    QAccessibleEvent event(widget, QAccessible::Alert);
#endif
    QAccessible::updateAccessibility(&event);
}

} // namespace Sojourn::Inspector
