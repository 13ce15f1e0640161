import type { WatchedCall, WatchedReason } from './watched-call.ts'
import { DATA_REASONS } from './watched-data-calls.ts'

/**
 * Calls that somebody should look at, and why. Technique ids: MITRE ATT&CK, cloud (IaaS) matrix; names of calls: the
 * services' API references, as CloudTrail writes them. Which of two reasons counts for one call: the worst that fits.
 */
const REASONS: readonly WatchedReason[] = [
  {
    tactic: 'DefenseEvasion',
    technique: 'T1562.008',
    severity: 'HIGH',
    why: 'The record of API calls ends here.',
    calls: { cloudtrail: ['StopLogging', 'DeleteTrail', 'StopEventDataStoreIngestion', 'DeleteEventDataStore'] },
  },
  {
    tactic: 'DefenseEvasion',
    technique: 'T1562.008',
    severity: 'MEDIUM',
    why: 'Less is recorded than before, or elsewhere.',
    calls: {
      cloudtrail: ['UpdateTrail', 'PutEventSelectors'],
      config: ['DeleteConfigurationRecorder', 'StopConfigurationRecorder', 'DeleteDeliveryChannel'],
      ec2: ['DeleteFlowLogs'],
      bedrock: ['DeleteModelInvocationLoggingConfiguration'],
    },
  },
  {
    tactic: 'DefenseEvasion',
    technique: 'T1562.001',
    severity: 'HIGH',
    why: 'A service that finds threats is switched off, or cut from who watches over it.',
    calls: {
      guardduty: [
        'DeleteDetector',
        'DisassociateFromAdministratorAccount',
        'DisassociateFromMasterAccount',
        'DisassociateMembers',
        'DeleteMembers',
        'StopMonitoringMembers',
      ],
      securityhub: [
        'DisableSecurityHub',
        'DisableSecurityHubV2',
        'DisassociateFromAdministratorAccount',
        'DisassociateFromMasterAccount',
      ],
      macie2: ['DisableMacie', 'DisassociateFromAdministratorAccount', 'DisassociateFromMasterAccount'],
    },
  },
  {
    tactic: 'DefenseEvasion',
    technique: 'T1562.001',
    severity: 'HIGH',
    why: 'GuardDuty is switched off.',
    only: 'turned-off',
    calls: { guardduty: ['UpdateDetector'] },
  },
  {
    tactic: 'DefenseEvasion',
    technique: 'T1562.001',
    severity: 'MEDIUM',
    why: 'A service that finds weaknesses sees less, or reports less.',
    calls: {
      guardduty: ['CreateFilter', 'CreateIPSet', 'UpdateIPSet', 'DeletePublishingDestination', 'DeleteThreatIntelSet'],
      inspector2: ['Disable', 'DisassociateMember'],
      'access-analyzer': ['DeleteAnalyzer'],
      wafv2: ['DeleteWebACL', 'DisassociateWebACL', 'DeleteLoggingConfiguration'],
      detective: ['DeleteGraph'],
    },
  },
  {
    tactic: 'DefenseEvasion',
    technique: 'T1666',
    severity: 'CRITICAL',
    why: "The organisation's policies and watch no longer reach the account.",
    calls: { organizations: ['LeaveOrganization', 'DeleteOrganization'] },
  },
  {
    tactic: 'DefenseEvasion',
    technique: 'T1666',
    severity: 'HIGH',
    why: "The organisation's hold on its accounts changes.",
    calls: {
      organizations: [
        'RemoveAccountFromOrganization',
        'CloseAccount',
        'DisablePolicyType',
        'DisableAWSServiceAccess',
        'DeregisterDelegatedAdministrator',
      ],
    },
  },
  {
    tactic: 'DefenseEvasion',
    technique: 'T1666',
    severity: 'MEDIUM',
    why: 'What accounts may do is no longer bounded by this policy.',
    calls: {
      organizations: ['DetachPolicy', 'DeletePolicy'],
      iam: ['DeleteUserPermissionsBoundary', 'DeleteRolePermissionsBoundary'],
    },
  },
  {
    tactic: 'Persistence',
    technique: 'T1098.001',
    severity: 'CRITICAL',
    why: 'A lasting key of the root user.',
    only: 'by-root',
    calls: { iam: ['CreateAccessKey'] },
  },
  {
    tactic: 'Persistence',
    technique: 'T1098.001',
    severity: 'MEDIUM',
    why: "Credentials for somebody else's user.",
    only: 'another-user',
    calls: { iam: ['CreateAccessKey', 'CreateLoginProfile', 'CreateServiceSpecificCredential'] },
  },
  {
    tactic: 'Persistence',
    technique: 'T1098.001',
    severity: 'HIGH',
    why: "A new password for somebody else's user.",
    only: 'another-user',
    calls: { iam: ['UpdateLoginProfile'] },
  },
  {
    tactic: 'Persistence',
    technique: 'T1556.006',
    severity: 'HIGH',
    why: 'A user signs in with one factor less.',
    calls: { iam: ['DeactivateMFADevice'] },
  },
  {
    tactic: 'Persistence',
    technique: 'T1556.006',
    severity: 'MEDIUM',
    why: 'Weaker sign-in for everybody in the account.',
    calls: { iam: ['DeleteAccountPasswordPolicy', 'UpdateAccountPasswordPolicy'] },
  },
  {
    tactic: 'Persistence',
    technique: 'T1484.002',
    severity: 'HIGH',
    why: 'Whoever runs this identity provider can sign in here.',
    calls: {
      iam: ['CreateSAMLProvider', 'UpdateSAMLProvider', 'CreateOpenIDConnectProvider'],
      rolesanywhere: ['CreateTrustAnchor', 'UpdateTrustAnchor'],
    },
  },
  {
    tactic: 'Persistence',
    technique: 'T1098.003',
    severity: 'CRITICAL',
    why: 'Anybody in the world may take the role.',
    only: 'public-policy',
    calls: { iam: ['UpdateAssumeRolePolicy', 'CreateRole'] },
  },
  {
    tactic: 'Persistence',
    technique: 'T1098.003',
    severity: 'MEDIUM',
    why: 'Another account may take the role.',
    only: 'trusts-another-account',
    calls: { iam: ['UpdateAssumeRolePolicy'] },
  },
  {
    tactic: 'PrivilegeEscalation',
    technique: 'T1098.003',
    severity: 'HIGH',
    why: 'Somebody may do everything from now on.',
    only: 'administrator-policy',
    calls: {
      iam: [
        'AttachUserPolicy',
        'AttachRolePolicy',
        'AttachGroupPolicy',
        'PutUserPolicy',
        'PutRolePolicy',
        'PutGroupPolicy',
        'CreatePolicyVersion',
      ],
    },
  },
  {
    tactic: 'Persistence',
    technique: 'T1021.008',
    severity: 'MEDIUM',
    why: 'A way into machines that no network rule bounds.',
    calls: { ec2: ['EnableSerialConsoleAccess'], 'ec2-instance-connect': ['SendSerialConsoleSSHPublicKey'] },
  },
]

/** Every call by every reason; a name may stand here more than once. */
export const WATCHED_API_CALLS: readonly WatchedCall[] = [...REASONS, ...DATA_REASONS].flatMap(({ calls, ...reason }) =>
  Object.entries(calls).flatMap(([service, names]) =>
    names.map((eventName) => ({ eventSource: `${service}.amazonaws.com`, eventName, ...reason })),
  ),
)
