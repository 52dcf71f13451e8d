// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/audit.h"

#include "domain/clock.h"
#include "storage/store.h"

#include <QLoggingCategory>

namespace tertulia {

namespace {
Q_LOGGING_CATEGORY(logAudit, "tertulia.audit")
}

void writeAudit(const ApiServices &services, const Principal &by, const QString &action, const QString &subject,
    const QString &detail)
{
    const AuditRecord record {services.clock.now(), by.user.name, action, subject, detail};
    qCInfo(logAudit) << record.by << action << subject << detail;
    services.store.write([record](Storage &storage) { (void)storage.meta().addAudit(record); },
        [](const Result<void> &outcome) {
            if (!outcome)
                qCWarning(logAudit) << "an action of an admin could not be kept";
        });
}

} // namespace tertulia
