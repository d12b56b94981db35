@{
    RootModule             = 'bin/PasskeyAdmin.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '4c673bc9-4e08-419d-98bb-461540514638'
    Author                 = 'PasskeyAdmin contributors'
    CompanyName            = 'PasskeyAdmin contributors'
    Copyright              = 'Copyright (c) PasskeyAdmin contributors. MIT License.'
    Description            = 'Runs passkeys (FIDO2) in Microsoft Entra ID: which devices are ready, which providers exist, what each needs, what the passkey policy of a tenant allows whom, whom a change of it would lock out, how to make that change and take it back, how to keep the policy in a file, and how to tie passkeys to applications with Conditional Access.'

    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    CompatiblePSEditions   = @('Desktop', 'Core')

    TypesToProcess         = @('Views/PasskeyAdmin.types.ps1xml')
    FormatsToProcess       = @(
        'Views/Device.format.ps1xml'
        'Views/DeviceDuplicate.format.ps1xml'
        'Views/DeviceReadiness.format.ps1xml'
        'Views/DeviceReadinessSummary.format.ps1xml'
        'Views/DeviceRequirement.format.ps1xml'
        'Views/PasskeyAccessRefusal.format.ps1xml'
        'Views/PasskeyAuditEvent.format.ps1xml'
        'Views/PasskeyAuthenticationStrength.format.ps1xml'
        'Views/PasskeyAuthenticator.format.ps1xml'
        'Views/PasskeyConditionalAccessPolicy.format.ps1xml'
        'Views/PasskeyEffectivePolicy.format.ps1xml'
        'Views/PasskeyErrorCode.format.ps1xml'
        'Views/PasskeyExclusion.format.ps1xml'
        'Views/PasskeyImpactSummary.format.ps1xml'
        'Views/PasskeyPilotApplication.format.ps1xml'
        'Views/PasskeyPolicy.format.ps1xml'
        'Views/PasskeyPolicyChange.format.ps1xml'
        'Views/PasskeyPolicyDrift.format.ps1xml'
        'Views/PasskeyPolicyFinding.format.ps1xml'
        'Views/PasskeyPolicyPlan.format.ps1xml'
        'Views/PasskeyPolicyRequest.format.ps1xml'
        'Views/PasskeyPolicyRule.format.ps1xml'
        'Views/PasskeyProfile.format.ps1xml'
        'Views/PasskeyProfileTarget.format.ps1xml'
        'Views/PasskeyProfileTemplate.format.ps1xml'
        'Views/PasskeyProvider.format.ps1xml'
        'Views/PasskeyProviderMetadata.format.ps1xml'
        'Views/PasskeyRecovery.format.ps1xml'
        'Views/PasskeyRegistration.format.ps1xml'
        'Views/PasskeyRemoval.format.ps1xml'
        'Views/PasskeyStrengthUse.format.ps1xml'
        'Views/PasskeyTemplateAdvice.format.ps1xml'
        'Views/PasskeyTemporaryAccessPass.format.ps1xml'
        'Views/PasskeyUserDiagnosis.format.ps1xml'
        'Views/PasskeyUserImpact.format.ps1xml'
        'Views/PrerequisiteCheck.format.ps1xml'
        'Views/ProviderReadiness.format.ps1xml'
        'Views/TenantSession.format.ps1xml'
    )

    CmdletsToExport        = @(
        'Add-PasskeyProfileTarget'
        'Compare-PasskeyPolicy'
        'Connect-PasskeyTenant'
        'Disconnect-PasskeyTenant'
        'Export-PasskeyPolicy'
        'Get-PasskeyAuditEvent'
        'Get-PasskeyAuthenticationStrength'
        'Get-PasskeyDevice'
        'Get-PasskeyDeviceRequirement'
        'Get-PasskeyEffectivePolicy'
        'Get-PasskeyErrorCode'
        'Get-PasskeyPilotApplication'
        'Get-PasskeyPolicy'
        'Get-PasskeyPolicyChange'
        'Get-PasskeyPolicyRule'
        'Get-PasskeyProfile'
        'Get-PasskeyProfileTarget'
        'Get-PasskeyProfileTemplate'
        'Get-PasskeyProvider'
        'Get-PasskeyRegistration'
        'Get-PasskeyTenant'
        'Import-PasskeyDeviceInventory'
        'Import-PasskeyPolicy'
        'Import-PasskeyProviderMetadata'
        'Invoke-PasskeyPolicyPlan'
        'Measure-PasskeyDeviceReadiness'
        'Measure-PasskeyPolicyImpact'
        'New-PasskeyAuthenticationStrength'
        'New-PasskeyConditionalAccessPolicy'
        'New-PasskeyProfile'
        'New-PasskeyTemporaryAccessPass'
        'Remove-PasskeyProfile'
        'Remove-PasskeyProfileTarget'
        'Remove-PasskeyRegistration'
        'Set-PasskeyPolicy'
        'Set-PasskeyProfile'
        'Test-PasskeyDeviceReadiness'
        'Test-PasskeyPolicy'
        'Test-PasskeyPrerequisite'
        'Test-PasskeyRecovery'
        'Test-PasskeyUser'
        'Undo-PasskeyPolicyChange'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()

    PrivateData            = @{
        PSData = @{
            Tags         = @('Entra', 'EntraID', 'AzureAD', 'Passkey', 'FIDO2', 'WebAuthn', 'Intune', 'Jamf', 'Security', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'See CHANGELOG.md in the module folder.'
            # Signs in to a real tenant. Imported when it is needed, because offline work must not need it.
            ExternalModuleDependencies = @('Microsoft.Graph.Authentication')
        }
    }
}
